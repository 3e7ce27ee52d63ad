#include "keel.h"

static const NPIID KeelNpiId = { 0x75f167d5, 0x0c07, 0x46d7, { 0x60, 0xb6, 0x24, 0xcd, 0x8e, 0x73, 0x60, 0x65 } };
static const NPI_MODULEID KeelModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x621d9e66, 0x2ee7, 0x47e6, { 0xd6, 0xdb, 0x6d, 0x3e, 0xcb, 0x52, 0x56, 0x0d } }
};

static VOID
KeelFatal(const char *Reason)
{
    DbgPrint("keel: %s\n", Reason);
    InterlockedExchange(&Keel.Bad, 1);
}

static NTSTATUS NTAPI
KeelAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    if (Instance->NpiSpecificCharacteristics == NULL) {
        KeelFatal("the provider is from another planet");
        return STATUS_NOINTERFACE;
    }
    return NmrClientAttachProvider(NmrBindingHandle, &Keel, NULL, &Keel.Provider, &Keel.Dispatch);
}

static NTSTATUS NTAPI
KeelDetach(PVOID ClientBindingContext)
{
    ((PKEEL)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS KeelCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), KeelAttach, KeelDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &KeelNpiId, &KeelModuleId, 0, NULL }
};

NTSTATUS
KeelStart(VOID)
{
    NTSTATUS status;

    InterlockedExchange(&Keel.Running, 1);
    status = NmrRegisterClient(&KeelCharacteristics, NULL, &Keel.Handle);
    if (!NT_SUCCESS(status)) {
        InterlockedExchange(&Keel.Running, 0);
    }
    return status;
}
