#include "awl.h"

static HANDLE AwlHandle;

static const NPIID AwlNpiId = { 0x213ac891, 0x35b9, 0x4ed8, { 0x2a, 0xc7, 0x90, 0xe7, 0xfb, 0x44, 0xcb, 0xc5 } };
static const NPI_MODULEID AwlModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x90efb633, 0xeea8, 0x4b49, { 0xe2, 0x31, 0xa9, 0xf8, 0x13, 0x8b, 0xd8, 0xf4 } }
};

static NTSTATUS NTAPI
AwlAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PAWL awl = AwlCreate(512);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    if (awl == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, awl, NULL, &awl->Provider, &awl->Dispatch); // EXPECT: nmr-binding-leak
    if (!NT_SUCCESS(status)) {
        AwlDelete(awl);
    }
    return status;
}

static NTSTATUS NTAPI
AwlDetach(PVOID ClientBindingContext)
{
    ((PAWL)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
AwlCleanup(PVOID ClientBindingContext)
{
    AwlReset(ClientBindingContext);
}

static const NPI_CLIENT_CHARACTERISTICS AwlCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), AwlAttach, AwlDetach, AwlCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AwlNpiId, &AwlModuleId, 0, NULL }
};

static VOID NTAPI
AwlUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    status = NmrDeregisterClient(AwlHandle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(AwlHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = AwlUnload;
    return NmrRegisterClient(&AwlCharacteristics, NULL, &AwlHandle);
}
