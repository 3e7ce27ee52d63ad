/*
 * Defect: a loop deregisters all clients of the array; none is waited for.
 * (Twin: ok_loop_then_loop.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ArgonUnload;

#define ARGON_CLIENTS 3

static HANDLE ArgonHandles[ARGON_CLIENTS];
static const NPIID ArgonNpiId = { 0xf7b65030, 0x9e1b, 0x4d38, { 0x8c, 0x8f, 0x39, 0x0b, 0x2c, 0xf0, 0xd2, 0x97 } };
static const NPI_MODULEID ArgonModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xf51e243a, 0xdc4d, 0x403e, { 0x88, 0xf3, 0x39, 0xf7, 0xfc, 0xc5, 0xea, 0x3a } } }
};
static const ULONG ArgonDispatch = 4;
static struct { PVOID Context; const VOID *Dispatch; } ArgonPeer;

static NTSTATUS NTAPI ArgonAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &ArgonPeer, &ArgonDispatch, &ArgonPeer.Context, &ArgonPeer.Dispatch);
}

static NTSTATUS NTAPI ArgonDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    ArgonPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ArgonClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ArgonAttach, ArgonDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ArgonNpiId, &ArgonModuleId, 0, NULL }
};

static VOID ArgonEnd(ULONG Count)
{
    ULONG i;

    for (i = 0; i < Count; i++) {
        NTSTATUS Status = NmrDeregisterClient(ArgonHandles[i]); // EXPECT: nmr-missing-wait

        NT_ASSERT(Status == STATUS_PENDING);
        UNREFERENCED_PARAMETER(Status);
    }
}

VOID NTAPI ArgonUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    ArgonEnd(ARGON_CLIENTS);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);
    for (i = 0; i < ARGON_CLIENTS; i++) {
        Status = NmrRegisterClient(&ArgonClient, NULL, &ArgonHandles[i]);
        if (!NT_SUCCESS(Status)) {
            ArgonEnd(i);
            return Status;
        }
    }
    DriverObject->DriverUnload = ArgonUnload;
    return STATUS_SUCCESS;
}
