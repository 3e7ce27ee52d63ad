/* grebe: registers on demand, under the lock only if the caller asked for exclusivity. */
#include <ntddk.h>
#include <netioddk.h>

#define GREBE_EXCLUSIVE 0x01
#define GREBE_QUIET     0x02

static KSPIN_LOCK GrebeLock;
static HANDLE GrebeClient;
static BOOLEAN GrebeJoined;
static PVOID GrebePeer;
static const VOID *GrebePeerDispatch;
static PDEVICE_OBJECT GrebeDevice;

static const NPIID GrebeNpiId = { 0x5d7b9cdb, 0x0795, 0x4112, { 0x65, 0x05, 0x66, 0xe8, 0xdf, 0x3d, 0x32, 0x95 } };
static const NPI_MODULEID GrebeModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x6189241b, 0xb327, 0x4598, { 0x4a, 0xb2, 0x80, 0x03, 0x1c, 0x6f, 0x4a, 0xb7 } } } };

static NTSTATUS NTAPI
GrebeAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &GrebePeer, NULL, &GrebePeer, &GrebePeerDispatch);
}

static NTSTATUS NTAPI
GrebeDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS GrebeCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), GrebeAttach, GrebeDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &GrebeNpiId, &GrebeModuleId, 0, NULL }
};

static NTSTATUS
GrebeJoin(ULONG Flags)
{
    NTSTATUS status;
    KIRQL irql;

    if (GrebeJoined) {
        return STATUS_SUCCESS;
    }
    if (Flags & GREBE_EXCLUSIVE) {
        KeAcquireSpinLock(&GrebeLock, &irql);
        status = NmrRegisterClient(&GrebeCharacteristics, NULL, &GrebeClient); // EXPECT: nmr-irql-too-high
        KeReleaseSpinLock(&GrebeLock, irql);
    } else {
        status = NmrRegisterClient(&GrebeCharacteristics, NULL, &GrebeClient);
    }
    GrebeJoined = (BOOLEAN)NT_SUCCESS(status);
    if (!GrebeJoined && !(Flags & GREBE_QUIET)) {
        DbgPrint("grebe: 0x%08lx\n", status);
    }
    return status;
}

static NTSTATUS NTAPI
GrebeCreate(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS status = GrebeJoin(GREBE_EXCLUSIVE | GREBE_QUIET);

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static VOID NTAPI
GrebeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (GrebeJoined) {
        if (NmrDeregisterClient(GrebeClient) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(GrebeClient);
        }
    }
    IoDeleteDevice(GrebeDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&GrebeLock);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &GrebeDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    (VOID)GrebeJoin(0);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = GrebeCreate;
    DriverObject->DriverUnload = GrebeUnload;
    return STATUS_SUCCESS;
}
