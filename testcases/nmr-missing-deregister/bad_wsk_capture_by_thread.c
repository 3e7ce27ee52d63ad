// wheatear: a system thread waits for the network; the release asks for a flag that the stop itself has set. (Twin: ok_wsk_capture_by_thread)
#include <ntddk.h>
#include <wsk.h>

static const WSK_CLIENT_DISPATCH WheatearDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION WheatearRegistration;
static WSK_PROVIDER_NPI WheatearProvider;
static PVOID WheatearThread;
static BOOLEAN WheatearCaptured;
static volatile LONG WheatearStop;

static VOID NTAPI
WheatearMain(PVOID Context)
{
    NTSTATUS status = STATUS_DEVICE_NOT_READY;

    UNREFERENCED_PARAMETER(Context);
    while (!WheatearStop) {
        status = WskCaptureProviderNPI(&WheatearRegistration, 500, &WheatearProvider); // EXPECT: nmr-missing-deregister
        if (status != STATUS_DEVICE_NOT_READY) {
            break;
        }
    }
    if (NT_SUCCESS(status)) {
        WheatearCaptured = TRUE;
    }
    PsTerminateSystemThread(status);
}

static VOID
WheatearEnd(VOID)
{
    if (WheatearThread != NULL) {
        InterlockedExchange(&WheatearStop, 1);
        KeWaitForSingleObject(WheatearThread, Executive, KernelMode, FALSE, NULL);
        ObDereferenceObject(WheatearThread);
        WheatearThread = NULL;
    }
    if (WheatearCaptured && !WheatearStop) {
        WskReleaseProviderNPI(&WheatearRegistration);
        WheatearCaptured = FALSE;
    }
    WskDeregister(&WheatearRegistration);
}

static VOID NTAPI
WheatearUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WheatearEnd();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI npi = { NULL, &WheatearDispatch };
    HANDLE thread;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = WskRegister(&npi, &WheatearRegistration);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = PsCreateSystemThread(&thread, SYNCHRONIZE, NULL, NULL, NULL, WheatearMain, NULL);
    if (!NT_SUCCESS(status)) {
        WheatearEnd();
        return status;
    }
    status = ObReferenceObjectByHandle(thread, SYNCHRONIZE, *PsThreadType, KernelMode, &WheatearThread, NULL);
    ZwClose(thread);
    NT_ASSERT(NT_SUCCESS(status));
    DriverObject->DriverUnload = WheatearUnload;
    return STATUS_SUCCESS;
}
