/*
 * Good: the registration is made on the first request that needs it, under a mutex, and unload ends it if it was made.
 */
#include <ntddk.h>
#include <netioddk.h>

#define CRIMSON_TAG 'mirC'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CrimsonUnload;

typedef struct _CRIMSON {
    HANDLE Handle;
    ULONG Uses;
} CRIMSON, *PCRIMSON;

static KMUTEX CrimsonMutex;
static PCRIMSON CrimsonInstance;
static const NPIID CrimsonNpiId = { 0xf6b95c2e, 0x7150, 0x458c, { 0x8d, 0x53, 0x38, 0x6b, 0xb4, 0xf7, 0x1e, 0xfc } };
static const NPI_MODULEID CrimsonModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x3710a0e7, 0x16c7, 0x4499, { 0x8e, 0x1b, 0x58, 0xd3, 0xc9, 0x8a, 0x87, 0x27 } } }
};
static const ULONG CrimsonDispatch = 2;
static struct { PVOID Context; const VOID *Dispatch; } CrimsonPeer;

static NTSTATUS NTAPI CrimsonAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &CrimsonPeer, &CrimsonDispatch, &CrimsonPeer.Context, &CrimsonPeer.Dispatch);
}

static NTSTATUS NTAPI CrimsonDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    CrimsonPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CrimsonClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CrimsonAttach, CrimsonDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CrimsonNpiId, &CrimsonModuleId, 0, NULL }
};

static PCRIMSON CrimsonCreate(VOID)
{
    PCRIMSON New = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*New), CRIMSON_TAG);

    if (New != NULL && !NT_SUCCESS(NmrRegisterClient(&CrimsonClient, NULL, &New->Handle))) {
        ExFreePoolWithTag(New, CRIMSON_TAG);
        New = NULL;
    }
    return New;
}

static PCRIMSON CrimsonGet(VOID)
{
    KeWaitForSingleObject(&CrimsonMutex, Executive, KernelMode, FALSE, NULL);
    if (CrimsonInstance == NULL) {
        CrimsonInstance = CrimsonCreate();
    }
    if (CrimsonInstance != NULL) {
        CrimsonInstance->Uses += 1;
    }
    KeReleaseMutex(&CrimsonMutex, FALSE);
    return CrimsonInstance;
}

static NTSTATUS NTAPI CrimsonRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PCRIMSON Instance = CrimsonGet();
    NTSTATUS Status = (Instance != NULL) ? STATUS_SUCCESS : STATUS_INSUFFICIENT_RESOURCES;

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = (Instance != NULL) ? Instance->Uses : 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI CrimsonUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject);
    if (CrimsonInstance == NULL) {
        return;
    }
    if (NmrDeregisterClient(CrimsonInstance->Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(CrimsonInstance->Handle);
    }
    ExFreePoolWithTag(CrimsonInstance, CRIMSON_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeMutex(&CrimsonMutex, 0);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_READ] = CrimsonRead;
    DriverObject->DriverUnload = CrimsonUnload;
    return STATUS_SUCCESS;
}
