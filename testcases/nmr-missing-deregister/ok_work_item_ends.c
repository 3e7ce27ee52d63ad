/*
 * Good: unload hands the end of the registration to a work item and waits until that has run.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD GannetUnload;
IO_WORKITEM_ROUTINE GannetEndWork;

static HANDLE GannetHandle;
static PDEVICE_OBJECT GannetDevice;
static PIO_WORKITEM GannetWork;
static KEVENT GannetEnded;
static const NPIID GannetNpiId =
    { 0xb4e29dab, 0xd3ec, 0x49f6, { 0x8e, 0x21, 0x6e, 0x25, 0x91, 0xc6, 0x0a, 0x74 } };

static const NPI_MODULEID GannetModuleId =
{
    sizeof(NPI_MODULEID),
    MIT_GUID,
    { { 0x85e1c0f0, 0x50c3, 0x4770, { 0x8a, 0x7c, 0x27, 0xf1, 0xd7, 0xfa, 0x98, 0xdf } } }
};

static NPI_CLIENT_ATTACH_PROVIDER_FN GannetAttach;
static NPI_CLIENT_DETACH_PROVIDER_FN GannetDetach;

static struct
{
    PVOID Context;
    const VOID *Dispatch;
} GannetPeer;

static const ULONG GannetDispatch = 3;

static NTSTATUS NTAPI
GannetAttach(
    HANDLE NmrBindingHandle,
    PVOID ClientContext,
    PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance
    )
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);

    return NmrClientAttachProvider(NmrBindingHandle,
                                   &GannetPeer,
                                   &GannetDispatch,
                                   &GannetPeer.Context,
                                   &GannetPeer.Dispatch);
}

static NTSTATUS NTAPI
GannetDetach(
    PVOID ClientBindingContext
    )
{
    UNREFERENCED_PARAMETER(ClientBindingContext);

    GannetPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS GannetClient =
{
    0,
    sizeof(NPI_CLIENT_CHARACTERISTICS),
    GannetAttach,
    GannetDetach,
    NULL,
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &GannetNpiId,
        &GannetModuleId,
        0,
        NULL
    }
};

VOID NTAPI
GannetEndWork(
    PDEVICE_OBJECT DeviceObject,
    PVOID Context
    )
{
    UNREFERENCED_PARAMETER(DeviceObject);

    if (NmrDeregisterClient(GannetHandle) == STATUS_PENDING)
    {
        NmrWaitForClientDeregisterComplete(GannetHandle);
    }
    KeSetEvent((PKEVENT)Context, IO_NO_INCREMENT, FALSE);
}

VOID NTAPI
GannetUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    IoQueueWorkItem(GannetWork, GannetEndWork, DelayedWorkQueue, &GannetEnded);
    KeWaitForSingleObject(&GannetEnded, Executive, KernelMode, FALSE, NULL);
    IoFreeWorkItem(GannetWork);
    IoDeleteDevice(GannetDevice);
}

NTSTATUS NTAPI
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);

    KeInitializeEvent(&GannetEnded, NotificationEvent, FALSE);

    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &GannetDevice);
    if (!NT_SUCCESS(Status))
    {
        return Status;
    }

    GannetWork = IoAllocateWorkItem(GannetDevice);
    if (GannetWork == NULL)
    {
        IoDeleteDevice(GannetDevice);
        return STATUS_INSUFFICIENT_RESOURCES;
    }

    Status = NmrRegisterClient(&GannetClient, NULL, &GannetHandle);
    if (!NT_SUCCESS(Status))
    {
        IoFreeWorkItem(GannetWork);
        IoDeleteDevice(GannetDevice);
        return Status;
    }

    DriverObject->DriverUnload = GannetUnload;
    return STATUS_SUCCESS;
}
