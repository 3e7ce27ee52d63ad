/* Defect: the sender thread captures the NPI in each round and leaves the loop with it when it is told to stop. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD pelican_unload;

static const WSK_CLIENT_DISPATCH pelican_dispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION pelican_registration;
static PKTHREAD pelican_thread;
static volatile LONG pelican_stop;
static ULONG pelican_rounds;

static VOID NTAPI pelican_main(PVOID context)
{
    WSK_PROVIDER_NPI npi;
    LARGE_INTEGER delay;
    NTSTATUS status;

    (void)context;
    delay.QuadPart = -10 * 1000 * 1000;
    for (;;) {
        status = WskCaptureProviderNPI(&pelican_registration, 1000, &npi); // EXPECT: nmr-missing-deregister
        if (!NT_SUCCESS(status)) {
            if (pelican_stop)
                break;
            continue;
        }
        if (npi.Dispatch->Version >= MAKE_WSK_VERSION(1, 0))
            pelican_rounds++;
        KeDelayExecutionThread(KernelMode, FALSE, &delay);
        if (pelican_stop)
            break;
        WskReleaseProviderNPI(&pelican_registration);
    }
    PsTerminateSystemThread(STATUS_SUCCESS);
}

void NTAPI pelican_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    InterlockedExchange(&pelican_stop, 1);
    KeWaitForSingleObject(pelican_thread, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(pelican_thread);
    WskDeregister(&pelican_registration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    WSK_CLIENT_NPI client = { NULL, &pelican_dispatch };
    HANDLE thread;
    NTSTATUS status;

    (void)path;
    status = WskRegister(&client, &pelican_registration);
    if (!NT_SUCCESS(status))
        return status;
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, pelican_main, NULL);
    if (!NT_SUCCESS(status)) {
        WskDeregister(&pelican_registration);
        return status;
    }
    status = ObReferenceObjectByHandle(thread, THREAD_ALL_ACCESS, NULL, KernelMode, (PVOID *)&pelican_thread, NULL);
    NT_FRE_ASSERT(NT_SUCCESS(status));
    ZwClose(thread);
    driver->DriverUnload = pelican_unload;
    return STATUS_SUCCESS;
}
