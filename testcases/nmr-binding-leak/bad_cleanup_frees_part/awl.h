#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _AWL {
    PUCHAR Buffer;
    ULONG Length;
    PVOID Provider;
    const VOID *Dispatch;
} AWL, *PAWL;

PAWL AwlCreate(ULONG Length);
VOID AwlReset(PAWL Awl);
VOID AwlDelete(PAWL Awl);
