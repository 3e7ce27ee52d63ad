/* What nothing declares is learned from its use, parse after parse; the shared headers stay as they are. */
#include "../include/Common.h"
#include "gone.h"

typedef struct _EXTENSION {
    GONE_LOCK Lock;
    ULONG Flags;
} EXTENSION;

static VOID Touch(EXTENSION *Extension, _Gone_annotation_ PIRP Irp)
{
    KIRQL irql;

    KeAcquireSpinLock(&Extension->Lock.Inner, &irql);
    if (Extension->Flags & GONE_FLAG)
        GoneComplete(Irp, GONE_STATUS);
    KeReleaseSpinLock(&Extension->Lock.Inner, irql);
}

NTSTATUS Dispatch8(PDEVICE_OBJECT Device, PIRP Irp)
{
    Touch(Device->DeviceExtension, Irp);
    return STATUS_SUCCESS;
}
