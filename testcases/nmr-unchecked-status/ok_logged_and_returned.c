/*
 * Good: the status is logged, and then decides.
 * (Twin: bad_only_logged.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CitrineUnload;

static HANDLE CitrineHandle;
static const NPIID CitrineNpiId =
    { 0xdc896793, 0xdbc6, 0x426d, { 0x8d, 0xdf, 0x79, 0xde, 0x2d, 0xae, 0x5a, 0xf7 } };

static const NPI_MODULEID CitrineModuleId =
{
    sizeof(NPI_MODULEID),
    MIT_GUID,
    { { 0xb0bb1a32, 0x48c7, 0x4f2b, { 0x85, 0x92, 0x68, 0x8a, 0xaa, 0x45, 0x1f, 0xe3 } } }
};

static NPI_CLIENT_ATTACH_PROVIDER_FN CitrineAttach;
static NPI_CLIENT_DETACH_PROVIDER_FN CitrineDetach;

static struct
{
    PVOID Context;
    const VOID *Dispatch;
} CitrinePeer;

static const ULONG CitrineDispatch = 8;

static NTSTATUS NTAPI
CitrineAttach(
    HANDLE NmrBindingHandle,
    PVOID ClientContext,
    PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance
    )
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);

    return NmrClientAttachProvider(NmrBindingHandle,
                                   &CitrinePeer,
                                   &CitrineDispatch,
                                   &CitrinePeer.Context,
                                   &CitrinePeer.Dispatch);
}

static NTSTATUS NTAPI
CitrineDetach(
    PVOID ClientBindingContext
    )
{
    UNREFERENCED_PARAMETER(ClientBindingContext);

    CitrinePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CitrineClient =
{
    0,
    sizeof(NPI_CLIENT_CHARACTERISTICS),
    CitrineAttach,
    CitrineDetach,
    NULL,
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &CitrineNpiId,
        &CitrineModuleId,
        0,
        NULL
    }
};

VOID NTAPI
CitrineUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    if (NmrDeregisterClient(CitrineHandle) == STATUS_PENDING)
    {
        NmrWaitForClientDeregisterComplete(CitrineHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Status = NmrRegisterClient(&CitrineClient, NULL, &CitrineHandle);
    DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_INFO_LEVEL, "citrine: registered, 0x%08lx\n", Status);
    if (!NT_SUCCESS(Status))
    {
        return Status;
    }

    DriverObject->DriverUnload = CitrineUnload;
    return STATUS_SUCCESS;
}
