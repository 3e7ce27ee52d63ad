#pragma once
#include <ntddk.h>
#include <wsk.h>

#define NUTHATCH_TAG 'htuN'

typedef struct _NUTHATCH_OP NUTHATCH_OP, *PNUTHATCH_OP;
typedef VOID NUTHATCH_WORK(PNUTHATCH_OP Op);

struct _NUTHATCH_OP {
    LIST_ENTRY Link;
    NUTHATCH_WORK *Work;
    PIRP Irp;
    PWSK_SOCKET Socket;
    PVOID Data;
    SIZE_T Length;
};

typedef struct _NUTHATCH_QUEUE {
    KSPIN_LOCK Lock;
    LIST_ENTRY Ops;
    KEVENT Wake;
    BOOLEAN Stop;
    PETHREAD Thread;
} NUTHATCH_QUEUE, *PNUTHATCH_QUEUE;

extern NUTHATCH_QUEUE NuthatchQueue;

NTSTATUS NuthatchQueueStart(PNUTHATCH_QUEUE Queue);
VOID NuthatchQueueStop(PNUTHATCH_QUEUE Queue);
VOID NuthatchQueuePut(PNUTHATCH_QUEUE Queue, PNUTHATCH_OP Op);

PNUTHATCH_OP NuthatchOpNew(NUTHATCH_WORK *Work, PWSK_SOCKET Socket);
VOID NuthatchOpFree(PNUTHATCH_OP Op);

NTSTATUS NuthatchNetStart(VOID);
VOID NuthatchNetStop(VOID);
