// The binding is a static object of the module: it may be used after the completion.
#include <ntddk.h>
#include <netioddk.h>

typedef struct _JUNCO_BINDING {
    volatile LONG Calls;
    volatile LONG Completed;
    KEVENT Idle;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} JUNCO_BINDING, *PJUNCO_BINDING;

static JUNCO_BINDING Junco;

static const NPIID JuncoNpiId = { 0x06d97f30, 0x236e, 0x4ea3, { 0x29, 0x19, 0x4c, 0xda, 0x7f, 0xd3, 0x03, 0x93 } };
static const NPI_MODULEID JuncoModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xf54605ad, 0x046a, 0x464c, { 0xd2, 0xe5, 0xc0, 0x71, 0x16, 0xad, 0x0b, 0xbf } } } };

static VOID
JuncoLeave(PJUNCO_BINDING Binding)
{
    if (InterlockedDecrement(&Binding->Calls) == 0) {
        NmrClientDetachProviderComplete(Binding->NmrBindingHandle);
        InterlockedIncrement(&Binding->Completed);
        KeSetEvent(&Binding->Idle, IO_NO_INCREMENT, FALSE);
    }
}

VOID
JuncoUse(VOID)
{
    InterlockedIncrement(&Junco.Calls);
    JuncoLeave(&Junco);
}

static NTSTATUS NTAPI
JuncoAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PJUNCO_BINDING binding = ClientContext;

    UNREFERENCED_PARAMETER(ProviderInstance);
    if (InterlockedCompareExchange(&binding->Calls, 1, 0) != 0) {
        return STATUS_NOINTERFACE;
    }
    KeClearEvent(&binding->Idle);
    binding->NmrBindingHandle = NmrBindingHandle;
    return NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
}

static NTSTATUS NTAPI
JuncoDetach(PVOID ClientBindingContext)
{
    JuncoLeave(ClientBindingContext);
    return STATUS_PENDING;
}

static const NPI_CLIENT_CHARACTERISTICS JuncoCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), JuncoAttach, JuncoDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &JuncoNpiId, &JuncoModuleId, 0, NULL }
};

static HANDLE JuncoHandle;

static VOID NTAPI
JuncoUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(JuncoHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(JuncoHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeEvent(&Junco.Idle, NotificationEvent, TRUE);
    DriverObject->DriverUnload = JuncoUnload;
    return NmrRegisterClient(&JuncoCharacteristics, &Junco, &JuncoHandle);
}
