#pragma once
#include <ntddk.h>

typedef VOID TERN_DONE(PVOID Context, NTSTATUS Status);
typedef TERN_DONE *PTERN_DONE;

typedef struct _TERN_SEND {
    PTERN_DONE Done;
    PVOID Context;
} TERN_SEND, *PTERN_SEND;

NTSTATUS TernSend(PDEVICE_OBJECT Lower, PIRP Irp, PTERN_DONE Done, PVOID Context);
