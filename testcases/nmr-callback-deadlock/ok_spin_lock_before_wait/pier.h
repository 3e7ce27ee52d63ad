#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct pier {
    KSPIN_LOCK lock;
    BOOLEAN up;
    ULONG boats;
    HANDLE handle;
    void *provider;
    const void *dispatch;
} pier_t;

extern pier_t pier;
NTSTATUS pier_open(void);
void pier_close(void);
