// The detach callback asks for the end; a work item, outside of every callback, deregisters and waits.
#include <ntddk.h>
#include <netioddk.h>

typedef struct _TANSY {
    HANDLE Client;
    volatile LONG Ending;
    PIO_WORKITEM Work;
    KEVENT Ended;
    PVOID Peer;
    const VOID *PeerDispatch;
} TANSY, *PTANSY;

static TANSY Tansy;
static PDEVICE_OBJECT TansyDevice;

static const NPIID TansyNpiId = { 0x83aa13ee, 0xc6bd, 0x451a, { 0xbe, 0x59, 0xa4, 0xd1, 0x92, 0xa5, 0xa5, 0x83 } };
static const NPI_MODULEID TansyModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xaf0a30d5, 0xdc02, 0x4bb1, { 0xa4, 0x42, 0xb2, 0x33, 0x74, 0xa6, 0xd5, 0x61 } } } };

static VOID
TansyEnd(PTANSY T)
{
    if (InterlockedExchange(&T->Ending, 1) != 0) {
        return;
    }
    if (NmrDeregisterClient(T->Client) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(T->Client);
    }
    KeSetEvent(&T->Ended, IO_NO_INCREMENT, FALSE);
}

static VOID NTAPI
TansyWorker(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    TansyEnd(Context);
}

static NTSTATUS NTAPI
TansyAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PTANSY tansy = ClientContext;

    UNREFERENCED_PARAMETER(ProviderInstance);
    return NmrClientAttachProvider(NmrBindingHandle, tansy, NULL, &tansy->Peer, &tansy->PeerDispatch);
}

static NTSTATUS NTAPI
TansyDetach(PVOID ClientBindingContext)
{
    PTANSY tansy = ClientBindingContext;

    if (tansy->Ending == 0) {
        IoQueueWorkItem(tansy->Work, TansyWorker, DelayedWorkQueue, tansy);
    }
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS TansyCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = TansyAttach,
    .ClientDetachProvider = TansyDetach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &TansyNpiId,
        .ModuleId = &TansyModuleId,
    },
};

static VOID NTAPI
TansyUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    TansyEnd(&Tansy);
    KeWaitForSingleObject(&Tansy.Ended, Executive, KernelMode, FALSE, NULL);
    IoFreeWorkItem(Tansy.Work);
    IoDeleteDevice(TansyDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &TansyDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeEvent(&Tansy.Ended, NotificationEvent, FALSE);
    Tansy.Work = IoAllocateWorkItem(TansyDevice);
    if (Tansy.Work == NULL) {
        IoDeleteDevice(TansyDevice);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrRegisterClient(&TansyCharacteristics, &Tansy, &Tansy.Client);
    if (!NT_SUCCESS(status)) {
        IoFreeWorkItem(Tansy.Work);
        IoDeleteDevice(TansyDevice);
        return status;
    }
    DriverObject->DriverUnload = TansyUnload;
    return STATUS_SUCCESS;
}
