/*
 * A block of steps in do { } while (FALSE), left with break. Good: what follows the block undoes each step that was done.
 * (Twin: bad_do_while_break.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LapisUnload;

static HANDLE LapisHandle;
static PDEVICE_OBJECT LapisDevice;
static const NPIID LapisNpiId =
    { 0x606fd319, 0x58b3, 0x4080, { 0x8d, 0xa9, 0xd2, 0xf8, 0xb2, 0xa0, 0xbf, 0x98 } };

static const NPI_MODULEID LapisModuleId =
{
    sizeof(NPI_MODULEID),
    MIT_GUID,
    { { 0x1a3e3638, 0x9714, 0x45ff, { 0x87, 0xa3, 0xd4, 0x97, 0xed, 0xd7, 0x7d, 0x19 } } }
};

static NPI_CLIENT_ATTACH_PROVIDER_FN LapisAttach;
static NPI_CLIENT_DETACH_PROVIDER_FN LapisDetach;

static struct
{
    PVOID Context;
    const VOID *Dispatch;
} LapisPeer;

static const ULONG LapisDispatch = 7;

static NTSTATUS NTAPI
LapisAttach(
    HANDLE NmrBindingHandle,
    PVOID ClientContext,
    PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance
    )
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);

    return NmrClientAttachProvider(NmrBindingHandle,
                                   &LapisPeer,
                                   &LapisDispatch,
                                   &LapisPeer.Context,
                                   &LapisPeer.Dispatch);
}

static NTSTATUS NTAPI
LapisDetach(
    PVOID ClientBindingContext
    )
{
    UNREFERENCED_PARAMETER(ClientBindingContext);

    LapisPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS LapisClient =
{
    0,
    sizeof(NPI_CLIENT_CHARACTERISTICS),
    LapisAttach,
    LapisDetach,
    NULL,
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &LapisNpiId,
        &LapisModuleId,
        0,
        NULL
    }
};

VOID NTAPI
LapisUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    IoUnregisterShutdownNotification(LapisDevice);
    if (NmrDeregisterClient(LapisHandle) == STATUS_PENDING)
    {
        NmrWaitForClientDeregisterComplete(LapisHandle);
    }
    IoDeleteDevice(LapisDevice);
}

NTSTATUS NTAPI
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    BOOLEAN Registered = FALSE;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);

    do
    {
        Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &LapisDevice);
        if (!NT_SUCCESS(Status))
        {
            LapisDevice = NULL;
            break;
        }

        Status = NmrRegisterClient(&LapisClient, NULL, &LapisHandle);
        if (!NT_SUCCESS(Status))
        {
            break;
        }
        Registered = TRUE;

        Status = IoRegisterShutdownNotification(LapisDevice);
        if (!NT_SUCCESS(Status))
        {
            break;
        }

        DriverObject->DriverUnload = LapisUnload;

    } while (FALSE);

    if (!NT_SUCCESS(Status))
    {
        if (Registered)
        {
            NmrDeregisterClient(LapisHandle);
            NmrWaitForClientDeregisterComplete(LapisHandle);
        }
        if (LapisDevice != NULL)
        {
            IoDeleteDevice(LapisDevice);
        }
    }
    return Status;
}
