/* dotterel: the unknown request breaks out of the switch with the lock that the others release in their case. */
#include <ntddk.h>

typedef struct _DOTTEREL { KSPIN_LOCK Lock; ULONG Value; } DOTTEREL, *PDOTTEREL;

NTSTATUS
DotterelControl(PDOTTEREL D, ULONG Code, PULONG Value)
{
    NTSTATUS status;
    KIRQL irql;

    KeAcquireSpinLock(&D->Lock, &irql);
    switch (Code) {
    case 1:
        *Value = D->Value;
        KeReleaseSpinLock(&D->Lock, irql);
        status = STATUS_SUCCESS;
        break;
    case 2:
        D->Value = *Value;
        KeReleaseSpinLock(&D->Lock, irql);
        status = STATUS_SUCCESS;
        break;
    default:
        status = STATUS_INVALID_DEVICE_REQUEST;
        break;
    }
    return status; // EXPECT: irql-not-restored
}
