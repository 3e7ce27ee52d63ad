/* merlin: a pageable worker takes a spin lock (it is called at PASSIVE_LEVEL) and calls a pageable helper under it. */
#include <ntddk.h>

typedef struct _MERLIN { KSPIN_LOCK Lock; ULONG Count; ULONG Copy; } MERLIN, *PMERLIN;

static VOID MerlinPublish(PMERLIN M);
static VOID MerlinCopy(PMERLIN M);
#pragma alloc_text(PAGE, MerlinPublish)

static VOID
MerlinPublish(PMERLIN M)
{
    PAGED_CODE();
    M->Copy = M->Count;
}

static VOID
MerlinCopy(PMERLIN M)
{
    KIRQL irql;

    KeAcquireSpinLock(&M->Lock, &irql);
    MerlinPublish(M); // EXPECT: irql-paged-code
    M->Count = 0;
    KeReleaseSpinLock(&M->Lock, irql);
    MerlinPublish(M);
}

IO_WORKITEM_ROUTINE MerlinWorker;

VOID NTAPI
MerlinWorker(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    MerlinCopy(Context);
}
