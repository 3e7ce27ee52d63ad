/* Good: every round releases what it captured. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD cormorant_unload;

static const WSK_CLIENT_DISPATCH cormorant_dispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION cormorant_registration;
static PKTHREAD cormorant_thread;
static volatile LONG cormorant_stop;
static ULONG cormorant_rounds;

static VOID NTAPI cormorant_main(PVOID context)
{
    WSK_PROVIDER_NPI npi;
    LARGE_INTEGER delay;

    (void)context;
    delay.QuadPart = -10 * 1000 * 1000;
    while (!cormorant_stop) {
        NTSTATUS status = WskCaptureProviderNPI(&cormorant_registration, 1000, &npi);

        if (status == STATUS_SUCCESS) {
            cormorant_rounds += npi.Dispatch->Version >= MAKE_WSK_VERSION(1, 0);
            WskReleaseProviderNPI(&cormorant_registration);
        } else if (status == STATUS_DEVICE_NOT_READY) {
            break;
        }
        KeDelayExecutionThread(KernelMode, FALSE, &delay);
    }
    PsTerminateSystemThread(STATUS_SUCCESS);
}

void NTAPI cormorant_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    InterlockedExchange(&cormorant_stop, 1);
    KeWaitForSingleObject(cormorant_thread, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(cormorant_thread);
    WskDeregister(&cormorant_registration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    WSK_CLIENT_NPI client = { NULL, &cormorant_dispatch };
    HANDLE thread;
    NTSTATUS status;

    (void)path;
    status = WskRegister(&client, &cormorant_registration);
    if (!NT_SUCCESS(status))
        return status;
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, cormorant_main, NULL);
    if (!NT_SUCCESS(status)) {
        WskDeregister(&cormorant_registration);
        return status;
    }
    status = ObReferenceObjectByHandle(thread, THREAD_ALL_ACCESS, NULL, KernelMode, (PVOID *)&cormorant_thread, NULL);
    NT_FRE_ASSERT(NT_SUCCESS(status));
    ZwClose(thread);
    driver->DriverUnload = cormorant_unload;
    return STATUS_SUCCESS;
}
