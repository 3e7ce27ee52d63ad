/* Defect: the context is a local three calls above the register call. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD RubyUnload;

static const NPIID RubyNpiId = { 0x9916d1fc, 0x59fe, 0x422c, { 0x04, 0x6a, 0x2f, 0xe1, 0x61, 0x5b, 0xc7, 0x64 } };
static const NPI_MODULEID RubyModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x5be1d93a, 0x9777, 0x4e22, { 0x4a, 0x7a, 0xee, 0xa8, 0xb3, 0x85, 0x84, 0x80 } } } };
static const ULONG RubyDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } RubyPeer;

static NTSTATUS NTAPI RubyAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &RubyPeer, &RubyDispatch, &RubyPeer.Context, &RubyPeer.Dispatch);
}

static NTSTATUS NTAPI RubyDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    RubyPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS RubyClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), RubyAttach, RubyDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &RubyNpiId, &RubyModuleId, 0, NULL }
};

typedef struct _RUBY_SETUP { PDRIVER_OBJECT Driver; ULONG Limit; } RUBY_SETUP, *PRUBY_SETUP;

static HANDLE RubyHandle;

static NTSTATUS RubyRegister(PVOID Context)
{
    return NmrRegisterClient(&RubyClient, Context, &RubyHandle); // EXPECT: nmr-stack-context
}

static NTSTATUS RubyStartWith(PRUBY_SETUP Setup)
{
    Setup->Limit = 5;
    return RubyRegister(Setup);
}

static NTSTATUS RubyStart(PDRIVER_OBJECT DriverObject)
{
    RUBY_SETUP Setup = { DriverObject, 0 };

    return RubyStartWith(&Setup);
}

VOID NTAPI RubyUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(RubyHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(RubyHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = RubyUnload;
    return RubyStart(DriverObject);
}
