/* vault: copies a user's buffer under the vault's lock; the clean-up is in __finally. */
#include <ntddk.h>

typedef struct _VAULT { EX_SPIN_LOCK Lock; HANDLE Backing; ULONG Used; UCHAR Bytes[256]; } VAULT, *PVAULT;

static VAULT Vault;
static PDEVICE_OBJECT VaultDevice;

static NTSTATUS
VaultReplace(PVAULT V, HANDLE NewBacking, const UCHAR *Bytes, ULONG Length)
{
    NTSTATUS status = STATUS_UNSUCCESSFUL;
    HANDLE old = NULL;
    BOOLEAN held = FALSE;
    KIRQL irql = PASSIVE_LEVEL;

    __try {
        if (Length > sizeof(V->Bytes)) {
            status = STATUS_BUFFER_OVERFLOW;
            __leave;
        }
        irql = ExAcquireSpinLockExclusive(&V->Lock);
        held = TRUE;
        RtlCopyMemory(V->Bytes, Bytes, Length);
        V->Used = Length;
        old = V->Backing;
        V->Backing = NewBacking;
        status = STATUS_SUCCESS;
    } __finally {
        if (held) {
            ExReleaseSpinLockExclusive(&V->Lock, irql);
        }
        if (old != NULL) {
            ZwClose(old);
        }
    }
    return status;
}

static NTSTATUS NTAPI
VaultWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    status = VaultReplace(&Vault, NULL, Irp->AssociatedIrp.SystemBuffer, IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length);
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
VaultCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
VaultUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Vault.Backing != NULL) { ZwClose(Vault.Backing); }
    IoDeleteDevice(VaultDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &VaultDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    VaultDevice->Flags = DO_BUFFERED_IO;
    DriverObject->MajorFunction[IRP_MJ_WRITE] = VaultWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = VaultCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = VaultCreateClose;
    DriverObject->DriverUnload = VaultUnload;
    return STATUS_SUCCESS;
}
