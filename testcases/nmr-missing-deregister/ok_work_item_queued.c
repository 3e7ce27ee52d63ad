/* dipper: the unload routine queues the work item that ends the registration, and waits for it. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _DIPPER {
    HANDLE Client;
    WORK_QUEUE_ITEM Item;
    KEVENT Done;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} DIPPER, *PDIPPER;

static DIPPER Dipper;

static const NPIID DipperNpiId = { 0x5e0a71c4, 0x3b1d, 0x4f8e, { 0x91, 0x2a, 0x6c, 0x0d, 0x44, 0xe7, 0x19, 0xb3 } };
static const NPI_MODULEID DipperModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x27c6d0f9, 0x8a54, 0x4e31, { 0xb0, 0x5f, 0x13, 0x9e, 0x72, 0xc8, 0x06, 0xad } } } };

static NTSTATUS NTAPI
DipperAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PDIPPER dipper = ClientContext;

    UNREFERENCED_PARAMETER(ProviderInstance);
    return NmrClientAttachProvider(NmrBindingHandle, dipper, NULL, &dipper->ProviderContext, &dipper->ProviderDispatch);
}

static NTSTATUS NTAPI
DipperDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS DipperCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), DipperAttach, DipperDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &DipperNpiId, &DipperModuleId, 0, NULL }
};

static VOID NTAPI
DipperWorker(PVOID Parameter)
{
    PDIPPER dipper = Parameter;

    if (NmrDeregisterClient(dipper->Client) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(dipper->Client);
    }
    KeSetEvent(&dipper->Done, IO_NO_INCREMENT, FALSE);
}

static VOID NTAPI
DipperUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    ExQueueWorkItem(&Dipper.Item, DelayedWorkQueue);
    KeWaitForSingleObject(&Dipper.Done, Executive, KernelMode, FALSE, NULL);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializeWorkItem(&Dipper.Item, DipperWorker, &Dipper);
    KeInitializeEvent(&Dipper.Done, NotificationEvent, FALSE);
    DriverObject->DriverUnload = DipperUnload;
    return NmrRegisterClient(&DipperCharacteristics, &Dipper, &Dipper.Client);
}
