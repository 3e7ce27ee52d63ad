/* gannet: the timeout of the capture comes with the request; requests that are made under the lock ask for none. */
#include <ntddk.h>
#include <wsk.h>

typedef struct _GANNET_ASK { ULONG Timeout; USHORT Version; } GANNET_ASK, *PGANNET_ASK;

static const WSK_CLIENT_DISPATCH GannetDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION GannetRegistration;
static KSPIN_LOCK GannetLock;
static USHORT GannetVersion;
static PDEVICE_OBJECT GannetDevice;

static NTSTATUS
GannetAsk(PGANNET_ASK Ask)
{
    WSK_PROVIDER_NPI npi;
    NTSTATUS status;

    status = WskCaptureProviderNPI(&GannetRegistration, Ask->Timeout, &npi);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    Ask->Version = npi.Dispatch->Version;
    WskReleaseProviderNPI(&GannetRegistration);
    return STATUS_SUCCESS;
}

static NTSTATUS
GannetRefresh(VOID)
{
    GANNET_ASK ask = { WSK_NO_WAIT };
    KLOCK_QUEUE_HANDLE queue;
    NTSTATUS status;

    KeAcquireInStackQueuedSpinLock(&GannetLock, &queue);
    status = GannetAsk(&ask);
    if (NT_SUCCESS(status)) {
        GannetVersion = ask.Version;
    }
    KeReleaseInStackQueuedSpinLock(&queue);
    return status;
}

static NTSTATUS NTAPI
GannetRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    GANNET_ASK ask = { .Timeout = WSK_INFINITE_WAIT };
    NTSTATUS status = GannetAsk(&ask);

    UNREFERENCED_PARAMETER(DeviceObject);
    if (NT_SUCCESS(status)) {
        status = GannetRefresh();
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS
GannetRegister(VOID)
{
    WSK_CLIENT_NPI client = { NULL, &GannetDispatch };

    KeInitializeSpinLock(&GannetLock);
    return WskRegister(&client, &GannetRegistration);
}

static NTSTATUS NTAPI
GannetCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
GannetUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WskDeregister(&GannetRegistration);
    IoDeleteDevice(GannetDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &GannetDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = GannetRegister();
    if (!NT_SUCCESS(status)) { IoDeleteDevice(GannetDevice); return status; }
    DriverObject->MajorFunction[IRP_MJ_READ] = GannetRead;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = GannetCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = GannetCreateClose;
    DriverObject->DriverUnload = GannetUnload;
    return STATUS_SUCCESS;
}
