// The work item that the detach callback queues is allocated only after the registration, in the caller.
#include <ntddk.h>
#include <netioddk.h>

typedef struct _STRAIT {
    HANDLE Client;
    HANDLE NmrBindingHandle;
    PIO_WORKITEM Work;
    ULONG MaxBindings;
    ULONG Started;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} STRAIT, *PSTRAIT;

static STRAIT Strait;
static PDEVICE_OBJECT StraitDevice;

static const NPIID StraitNpiId = { 0xcfca9f79, 0xc295, 0x4ccf, { 0xaa, 0xe4, 0x5f, 0x71, 0x68, 0x28, 0x03, 0x99 } };
static const NPI_MODULEID StraitModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x35dcbab7, 0xf65a, 0x4ec4, { 0x98, 0xb8, 0xda, 0xd3, 0x02, 0xb2, 0xc4, 0xec } } } };

static VOID NTAPI
StraitDetachWorker(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    NmrClientDetachProviderComplete(((PSTRAIT)Context)->NmrBindingHandle);
}

static NTSTATUS NTAPI
StraitAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PSTRAIT strait = ClientContext;

    if (ProviderInstance->Number >= strait->MaxBindings) {
        return STATUS_NOINTERFACE;
    }
    strait->NmrBindingHandle = NmrBindingHandle;
    return NmrClientAttachProvider(NmrBindingHandle, strait, NULL, &strait->ProviderContext, &strait->ProviderDispatch);
}

static NTSTATUS NTAPI
StraitDetach(PVOID ClientBindingContext)
{
    PSTRAIT strait = ClientBindingContext;

    IoQueueWorkItem(strait->Work, StraitDetachWorker, DelayedWorkQueue, strait);
    return STATUS_PENDING;
}

static const NPI_CLIENT_CHARACTERISTICS StraitCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), StraitAttach, StraitDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &StraitNpiId, &StraitModuleId, 0, NULL }
};

static NTSTATUS
StraitJoin(PSTRAIT S)
{
    S->MaxBindings = 1;
    return NmrRegisterClient(&StraitCharacteristics, S, &S->Client);
}

static VOID
StraitPart(PSTRAIT S)
{
    if (NmrDeregisterClient(S->Client) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(S->Client);
    }
}

static VOID NTAPI
StraitUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    StraitPart(&Strait);
    IoFreeWorkItem(Strait.Work);
    IoDeleteDevice(StraitDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &StraitDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = StraitJoin(&Strait);
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(StraitDevice);
        return status;
    }
    Strait.Work = IoAllocateWorkItem(StraitDevice); // EXPECT: nmr-register-before-init
    if (Strait.Work == NULL) {
        StraitPart(&Strait);
        IoDeleteDevice(StraitDevice);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Strait.Started = 1;
    DriverObject->DriverUnload = StraitUnload;
    return STATUS_SUCCESS;
}
