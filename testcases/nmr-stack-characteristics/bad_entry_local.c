/*
 * Defect: the characteristics are a local of DriverEntry.
 * (Twin: ok_entry_static_local.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD BuntingUnload;

static HANDLE BuntingHandle;
static const NPIID BuntingNpiId = { 0x8c83ef7f, 0xefc5, 0x4b23, { 0x88, 0xc4, 0x8a, 0x18, 0xe9, 0xdb, 0x5f, 0xc5 } };
static const NPI_MODULEID BuntingModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xa62b5884, 0x85b9, 0x41a3, { 0x8f, 0xf9, 0xda, 0xea, 0xf3, 0x9e, 0x09, 0xeb } } }
};
static const ULONG BuntingDispatch = 7;
static struct { PVOID Context; const VOID *Dispatch; } BuntingPeer;

static NTSTATUS NTAPI BuntingAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &BuntingPeer, &BuntingDispatch, &BuntingPeer.Context, &BuntingPeer.Dispatch);
}

static NTSTATUS NTAPI BuntingDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    BuntingPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

VOID NTAPI BuntingUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(BuntingHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(BuntingHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NPI_CLIENT_CHARACTERISTICS Client;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    RtlZeroMemory(&Client, sizeof(Client));
    Client.Length = sizeof(Client);
    Client.ClientAttachProvider = BuntingAttach;
    Client.ClientDetachProvider = BuntingDetach;
    Client.ClientRegistrationInstance.Size = sizeof(Client.ClientRegistrationInstance);
    Client.ClientRegistrationInstance.NpiId = &BuntingNpiId;
    Client.ClientRegistrationInstance.ModuleId = &BuntingModuleId;

    Status = NmrRegisterClient(&Client, NULL, &BuntingHandle); // EXPECT: nmr-stack-characteristics
    if (NT_SUCCESS(Status)) {
        DriverObject->DriverUnload = BuntingUnload;
    }
    return Status;
}
