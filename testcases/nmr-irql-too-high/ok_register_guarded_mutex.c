/* tenon: a guarded mutex does not raise, so a provider may be registered under it; the fast mutex is held for the wait only. */
#include <ntddk.h>
#include <netioddk.h>

static KGUARDED_MUTEX TenonMutex;
static FAST_MUTEX TenonStopMutex;
static ULONG TenonUsers;
static HANDLE TenonProvider;
static PDEVICE_OBJECT TenonDevice;
static const ULONG TenonDispatch = 2;

static const NPIID TenonNpiId = { 0x5d87fbcc, 0xeef8, 0x4c4d, { 0xf2, 0x5d, 0x8a, 0x00, 0xd1, 0x55, 0xef, 0xa4 } };
static const NPI_MODULEID TenonModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x7afc2053, 0x446c, 0x49dc, { 0x98, 0x97, 0xa1, 0x2c, 0x73, 0x1b, 0x02, 0xf2 } } } };

static NTSTATUS NTAPI
TenonAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    *ProviderBindingContext = ProviderContext;
    *ProviderDispatch = &TenonDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
TenonDetach(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS TenonCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), TenonAttach, TenonDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TenonNpiId, &TenonModuleId, 0, NULL }
};

static NTSTATUS
TenonAddUser(VOID)
{
    NTSTATUS status = STATUS_SUCCESS;

    KeAcquireGuardedMutex(&TenonMutex);
    if (TenonUsers == 0) {
        status = NmrRegisterProvider(&TenonCharacteristics, &TenonUsers, &TenonProvider);
    }
    if (NT_SUCCESS(status)) {
        TenonUsers++;
    }
    KeReleaseGuardedMutex(&TenonMutex);
    return status;
}

static NTSTATUS NTAPI
TenonCreate(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS status = TenonAddUser();

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static VOID NTAPI
TenonUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    ExAcquireFastMutex(&TenonStopMutex);
    if (TenonUsers != 0) {
        if (NmrDeregisterProvider(TenonProvider) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(TenonProvider);
        }
        TenonUsers = 0;
    }
    ExReleaseFastMutex(&TenonStopMutex);
    IoDeleteDevice(TenonDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeGuardedMutex(&TenonMutex);
    ExInitializeFastMutex(&TenonStopMutex);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = TenonCreate;
    DriverObject->DriverUnload = TenonUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &TenonDevice);
}
