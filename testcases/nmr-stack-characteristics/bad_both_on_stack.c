/* Defects: characteristics and context both live in the frame of the function that starts the module. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SwiftUnload;

static const NPIID SwiftNpiId = { 0xae832e9b, 0x5bda, 0x4269, { 0xdb, 0x45, 0xf3, 0xfa, 0x6a, 0xa8, 0xc5, 0x56 } };
static const NPI_MODULEID SwiftModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xe610c756, 0xf852, 0x4d7d, { 0x55, 0xd7, 0x43, 0x82, 0x76, 0x11, 0xf8, 0x8d } } } };

typedef struct _SWIFT_OPTIONS {
    ULONG Minimum;
    ULONG Maximum;
} SWIFT_OPTIONS, *PSWIFT_OPTIONS;

static const ULONG SwiftDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } SwiftPeer;
static HANDLE SwiftHandle;

static NTSTATUS NTAPI SwiftAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    PSWIFT_OPTIONS Options = ClientContext;

    if (ProviderRegistrationInstance->Number < Options->Minimum || ProviderRegistrationInstance->Number > Options->Maximum) {
        return STATUS_NOINTERFACE;
    }
    return NmrClientAttachProvider(NmrBindingHandle, &SwiftPeer, &SwiftDispatch, &SwiftPeer.Context, &SwiftPeer.Dispatch);
}

static NTSTATUS NTAPI SwiftDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    SwiftPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static NTSTATUS SwiftStart(VOID)
{
    NPI_CLIENT_CHARACTERISTICS Chars = {
        0, sizeof(NPI_CLIENT_CHARACTERISTICS), SwiftAttach, SwiftDetach, NULL,
        { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SwiftNpiId, &SwiftModuleId, 0, NULL }
    };
    SWIFT_OPTIONS Options = { 2, 9 };
    NTSTATUS Status;

    Status = NmrRegisterClient(&Chars, &Options, &SwiftHandle); // EXPECT: nmr-stack-characteristics, nmr-stack-context
    if (!NT_SUCCESS(Status)) {
        DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_ERROR_LEVEL, "swift: 0x%08lx\n", Status);
    }
    return Status;
}

VOID NTAPI SwiftUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(SwiftHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(SwiftHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = SwiftUnload;
    return SwiftStart();
}
