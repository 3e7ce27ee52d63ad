/*
 * Good: a step before the deregister call can leave the __try block, which then goes on to it; __finally waits.
 * (Twin: bad_finally_waits_anyway.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD RowanUnload;

static HANDLE RowanHandle;
static HANDLE RowanKey;
static const NPIID RowanNpiId = { 0xef1ea023, 0x6d0f, 0x46d7, { 0x80, 0x4b, 0x6e, 0xb4, 0xe3, 0x46, 0x0b, 0x5f } };
static const NPI_MODULEID RowanModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x1ec818bc, 0xc9a7, 0x4329, { 0x8b, 0x09, 0xd3, 0xf6, 0xc1, 0xa5, 0x8a, 0x2a } } }
};
static const ULONG RowanDispatch = 6;
static struct { PVOID Context; const VOID *Dispatch; } RowanPeer;

static NTSTATUS NTAPI RowanAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &RowanPeer, &RowanDispatch, &RowanPeer.Context, &RowanPeer.Dispatch);
}

static NTSTATUS NTAPI RowanDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    RowanPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS RowanClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), RowanAttach, RowanDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &RowanNpiId, &RowanModuleId, 0, NULL }
};

VOID NTAPI RowanUnload(PDRIVER_OBJECT DriverObject)
{
    BOOLEAN Started = FALSE;

    UNREFERENCED_PARAMETER(DriverObject);

    __try {
        Started = NT_SUCCESS(NmrDeregisterClient(RowanHandle));
        if (!NT_SUCCESS(ZwFlushKey(RowanKey))) {
            __leave;
        }
        ZwClose(RowanKey);
        RowanKey = NULL;
    } __finally {
        if (Started) {
            NmrWaitForClientDeregisterComplete(RowanHandle);
        }
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    OBJECT_ATTRIBUTES Attributes;
    NTSTATUS Status;

    InitializeObjectAttributes(&Attributes, RegistryPath, OBJ_KERNEL_HANDLE, NULL, NULL);
    Status = ZwOpenKey(&RowanKey, KEY_WRITE, &Attributes);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterClient(&RowanClient, NULL, &RowanHandle);
    if (!NT_SUCCESS(Status)) {
        ZwClose(RowanKey);
        return Status;
    }
    DriverObject->DriverUnload = RowanUnload;
    return STATUS_SUCCESS;
}
