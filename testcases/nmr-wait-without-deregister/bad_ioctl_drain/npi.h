#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _MAPLE {
    HANDLE Handle;
    volatile LONG State; /* MAPLE_* */
} MAPLE, *PMAPLE;

enum { MAPLE_IDLE, MAPLE_UP, MAPLE_CLOSING };

extern MAPLE Maple;

NTSTATUS MapleUp(VOID);
VOID MapleClose(VOID);
VOID MapleDrain(VOID);
