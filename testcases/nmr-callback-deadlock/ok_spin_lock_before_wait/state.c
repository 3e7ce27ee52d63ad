#include "pier.h"

pier_t pier;

void
pier_close(void)
{
    KIRQL irql;

    KeAcquireSpinLock(&pier.lock, &irql);
    if (!pier.up) {
        KeReleaseSpinLock(&pier.lock, irql);
        return;
    }
    pier.up = FALSE;
    KeReleaseSpinLock(&pier.lock, irql);
    if (NmrDeregisterClient(pier.handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(pier.handle);
}

static VOID NTAPI
pier_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    pier_close();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    KeInitializeSpinLock(&pier.lock);
    driver->DriverUnload = pier_unload;
    return pier_open();
}
