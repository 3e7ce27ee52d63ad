/*
 * Good: on shutdown the registration is ended, then the handle set to NULL; unload then sees nothing to do.
 * (Twin: bad_nulled_before_end.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD StorkUnload;

static HANDLE StorkHandle;
static const NPIID StorkNpiId =
    { 0x5cf038bd, 0x87af, 0x4cd0, { 0x88, 0xaa, 0x17, 0x1f, 0xc8, 0x79, 0x0f, 0xfb } };

static const NPI_MODULEID StorkModuleId =
{
    sizeof(NPI_MODULEID),
    MIT_GUID,
    { { 0x35785e71, 0x9a95, 0x4092, { 0x87, 0x02, 0x3e, 0x1b, 0xfd, 0x2c, 0x0e, 0xc8 } } }
};

static NPI_CLIENT_ATTACH_PROVIDER_FN StorkAttach;
static NPI_CLIENT_DETACH_PROVIDER_FN StorkDetach;

static struct
{
    PVOID Context;
    const VOID *Dispatch;
} StorkPeer;

static const ULONG StorkDispatch = 4;

static NTSTATUS NTAPI
StorkAttach(
    HANDLE NmrBindingHandle,
    PVOID ClientContext,
    PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance
    )
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);

    return NmrClientAttachProvider(NmrBindingHandle,
                                   &StorkPeer,
                                   &StorkDispatch,
                                   &StorkPeer.Context,
                                   &StorkPeer.Dispatch);
}

static NTSTATUS NTAPI
StorkDetach(
    PVOID ClientBindingContext
    )
{
    UNREFERENCED_PARAMETER(ClientBindingContext);

    StorkPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS StorkClient =
{
    0,
    sizeof(NPI_CLIENT_CHARACTERISTICS),
    StorkAttach,
    StorkDetach,
    NULL,
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &StorkNpiId,
        &StorkModuleId,
        0,
        NULL
    }
};

static VOID
StorkEnd(
    VOID
    )
{
    if (StorkHandle != NULL)
    {
        if (NmrDeregisterClient(StorkHandle) == STATUS_PENDING)
        {
            NmrWaitForClientDeregisterComplete(StorkHandle);
        }
        StorkHandle = NULL;
    }
}

static NTSTATUS NTAPI
StorkShutdown(
    PDEVICE_OBJECT DeviceObject,
    PIRP Irp
    )
{
    UNREFERENCED_PARAMETER(DeviceObject);

    StorkEnd();
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

VOID NTAPI
StorkUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    IoUnregisterShutdownNotification(DriverObject->DeviceObject);
    IoDeleteDevice(DriverObject->DeviceObject);
    StorkEnd();
}

NTSTATUS NTAPI
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status))
    {
        return Status;
    }

    Status = IoRegisterShutdownNotification(DeviceObject);
    if (!NT_SUCCESS(Status))
    {
        IoDeleteDevice(DeviceObject);
        return Status;
    }

    DriverObject->MajorFunction[IRP_MJ_SHUTDOWN] = StorkShutdown;
    DriverObject->DriverUnload = StorkUnload;

    Status = NmrRegisterClient(&StorkClient, NULL, &StorkHandle);
    if (!NT_SUCCESS(Status))
    {
        StorkHandle = NULL;
        IoUnregisterShutdownNotification(DeviceObject);
        IoDeleteDevice(DeviceObject);
    }
    return Status;
}
