#include "mortar.h"

static HANDLE MortarHandle;

static const NPIID MortarNpiId = { 0x11b49ee8, 0xf3ba, 0x4e12, { 0x7b, 0x0f, 0x2b, 0x6e, 0x19, 0xce, 0xcf, 0xf7 } };
static const NPI_MODULEID MortarModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x4837446f, 0x58ca, 0x4a46, { 0x88, 0xd0, 0xeb, 0x19, 0xb5, 0x11, 0xcc, 0x15 } }
};

static NTSTATUS NTAPI
MortarAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PMORTAR mortar = MortarCreate(NmrBindingHandle);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    if (mortar == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    MortarListAdd(mortar);
    status = NmrClientAttachProvider(NmrBindingHandle, mortar, NULL, &mortar->Provider, &mortar->Dispatch);
    if (!NT_SUCCESS(status)) {
        MortarListRemove(mortar);
        MortarPut(mortar);      /* the list's */
        MortarPut(mortar);
    }
    return status;
}

static NTSTATUS NTAPI
MortarDetach(PVOID ClientBindingContext)
{
    PMORTAR mortar = ClientBindingContext;

    MortarListRemove(mortar);
    MortarPut(mortar);
    return STATUS_SUCCESS;
}

static VOID NTAPI
MortarCleanup(PVOID ClientBindingContext)
{
    MortarPut(ClientBindingContext);
}

static const NPI_CLIENT_CHARACTERISTICS MortarCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), MortarAttach, MortarDetach, MortarCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MortarNpiId, &MortarModuleId, 0, NULL }
};

static VOID NTAPI
MortarUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(MortarHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(MortarHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    MortarListInit();
    DriverObject->DriverUnload = MortarUnload;
    return NmrRegisterClient(&MortarCharacteristics, NULL, &MortarHandle);
}
