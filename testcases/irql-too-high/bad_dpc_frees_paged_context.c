/* teasel: each request has a timer of its own, whose DPC frees the request; requests come from paged pool. */
#include <ntddk.h>

#define TEASEL_TAG 'saeT'

typedef struct _TEASEL_REQUEST {
    KTIMER Timer;
    KDPC Dpc;
    ULONG Number;
} TEASEL_REQUEST, *PTEASEL_REQUEST;

static volatile LONG TeaselExpired;

static VOID
TeaselDestroy(PTEASEL_REQUEST Request)
{
    DbgPrint("teasel: %u\n", Request->Number);
    ExFreePoolWithTag(Request, TEASEL_TAG); // EXPECT: irql-too-high
}

static KDEFERRED_ROUTINE TeaselExpire;

static VOID NTAPI
TeaselExpire(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    InterlockedIncrement(&TeaselExpired);
    TeaselDestroy(Context);
}

NTSTATUS
TeaselStart(ULONG Number)
{
    LARGE_INTEGER due = { .QuadPart = -20000000LL };
    PTEASEL_REQUEST request = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(*request), TEASEL_TAG);

    if (request == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    request->Number = Number;
    KeInitializeTimer(&request->Timer);
    KeInitializeDpc(&request->Dpc, TeaselExpire, request);
    KeSetTimer(&request->Timer, due, &request->Dpc);
    return STATUS_SUCCESS;
}
