/* tern: the template comes as a parameter by value, so its address is that of the callee's own copy. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _TERN { ULONG Kind; HANDLE NmrBindingHandle; PVOID Provider; const VOID *Dispatch; } TERN, *PTERN;

static TERN TernTemplate = { 7 };
static volatile LONG TernUsed;
static HANDLE TernHandle;

static const NPIID TernNpiId = { 0x6d2547e9, 0x4ac4, 0x4339, { 0x7f, 0x80, 0xaa, 0x32, 0x93, 0xd7, 0x13, 0x7e } };
static const NPI_MODULEID TernModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x34b8266c, 0x7f54, 0x4415, { 0xb1, 0x1b, 0xeb, 0x97, 0x42, 0x79, 0x5c, 0xb9 } }
};

static NTSTATUS
TernBind(TERN Binding, HANDLE NmrBindingHandle)
{
    PTERN binding = &Binding;

    binding->NmrBindingHandle = NmrBindingHandle;
    return NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->Provider, &binding->Dispatch); // EXPECT: nmr-stack-binding-context
}

static NTSTATUS NTAPI
TernAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    if (InterlockedExchange(&TernUsed, 1) != 0) {
        return STATUS_NOINTERFACE;
    }
    status = TernBind(TernTemplate, NmrBindingHandle);
    if (status != STATUS_SUCCESS) {
        InterlockedExchange(&TernUsed, 0);
    }
    return status;
}

static NTSTATUS NTAPI
TernDetach(PVOID ClientBindingContext)
{
    ((PTERN)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
TernCleanup(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    InterlockedExchange(&TernUsed, 0);
}

static const NPI_CLIENT_CHARACTERISTICS TernCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), TernAttach, TernDetach, TernCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TernNpiId, &TernModuleId, 0, NULL }
};

static VOID NTAPI
TernUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(TernHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(TernHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = TernUnload;
    return NmrRegisterClient(&TernCharacteristics, NULL, &TernHandle);
}
