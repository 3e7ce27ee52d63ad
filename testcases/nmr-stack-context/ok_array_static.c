/*
 * Good: the context is a static array, passed by its name.
 * (Twin: bad_array_decays.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD RailUnload;

static HANDLE RailHandle;
static struct { PVOID Context; const VOID *Dispatch; } RailPeer;
static const ULONG RailDispatch = 1;
static const NPIID RailNpiId =
    { 0x95613d15, 0x7a2c, 0x4f75, { 0x8d, 0x5f, 0x13, 0x62, 0x4b, 0xce, 0x18, 0xd9 } };

static const NPI_MODULEID RailModuleId =
{
    sizeof(NPI_MODULEID),
    MIT_GUID,
    { { 0x918331e4, 0xada8, 0x43d7, { 0x8f, 0x7f, 0xe4, 0xa9, 0x54, 0x42, 0x75, 0x3c } } }
};

static NTSTATUS NTAPI
RailAttach(
    HANDLE NmrBindingHandle,
    PVOID ClientContext,
    PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance
    )
{
    const ULONG *Numbers = (const ULONG *)ClientContext;
    ULONG i;

    for (i = 0; Numbers[i] != 0; i++)
    {
        if (Numbers[i] == ProviderRegistrationInstance->Number)
        {
            return NmrClientAttachProvider(NmrBindingHandle,
                                           &RailPeer,
                                           &RailDispatch,
                                           &RailPeer.Context,
                                           &RailPeer.Dispatch);
        }
    }
    return STATUS_NOINTERFACE;
}

static NTSTATUS NTAPI
RailDetach(
    PVOID ClientBindingContext
    )
{
    UNREFERENCED_PARAMETER(ClientBindingContext);

    RailPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS RailClient =
{
    0,
    sizeof(NPI_CLIENT_CHARACTERISTICS),
    RailAttach,
    RailDetach,
    NULL,
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &RailNpiId,
        &RailModuleId,
        0,
        NULL
    }
};

VOID NTAPI
RailUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    if (NmrDeregisterClient(RailHandle) == STATUS_PENDING)
    {
        NmrWaitForClientDeregisterComplete(RailHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    static ULONG Numbers[4] = { 1, 2, 4, 0 };
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Status = NmrRegisterClient(&RailClient, Numbers, &RailHandle);
    if (!NT_SUCCESS(Status))
    {
        return Status;
    }

    DriverObject->DriverUnload = RailUnload;
    return STATUS_SUCCESS;
}
