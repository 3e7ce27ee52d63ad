/* flint: settings are reloaded with the framework spin lock held; the framework wait lock would do. */
#include <ntddk.h>
#include <wdf.h>

typedef struct _FLINT {
    WDFSPINLOCK SpinLock;
    WDFWAITLOCK WaitLock;
    WDFDRIVER Driver;
    WDFKEY Key;
} FLINT, *PFLINT;

static VOID
FlintLoad(PFLINT F)
{
    WDFKEY key;

    if (NT_SUCCESS(WdfDriverOpenParametersRegistryKey(F->Driver, KEY_READ, WDF_NO_OBJECT_ATTRIBUTES, &key))) { // EXPECT: irql-too-high
        F->Key = key;
    }
}

VOID
FlintReload(PFLINT F)
{
    WdfSpinLockAcquire(F->SpinLock);
    FlintLoad(F);
    WdfSpinLockRelease(F->SpinLock);
}

VOID
FlintReloadSlow(PFLINT F)
{
    (VOID)WdfWaitLockAcquire(F->WaitLock, NULL);
    FlintLoad(F);
    WdfWaitLockRelease(F->WaitLock);
}
