#pragma once
#include <ntddk.h>
#include <wsk.h>

typedef struct shoal {
    WSK_REGISTRATION main, spare;
    BOOLEAN spare_up;
    KEVENT drop_spare;
} shoal_t;

extern shoal_t shoal;
NTSTATUS shoal_start(void);
void shoal_stop(void);
void shoal_drop_spare(void);
