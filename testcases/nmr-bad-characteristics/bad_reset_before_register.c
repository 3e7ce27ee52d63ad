/* Defect: a second thought zeroes the instance after it was filled. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SumacUnload;

static const NPIID SumacNpiId = { 0x108a8a85, 0x26c0, 0x4f01, { 0xd1, 0xbc, 0x68, 0x71, 0x1e, 0x14, 0x20, 0xde } };
static const NPI_MODULEID SumacModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x601e5a7c, 0xf72c, 0x4e7c, { 0xca, 0x52, 0xea, 0xe4, 0x1e, 0x2f, 0xaa, 0x7e } } } };
static const ULONG SumacDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } SumacPeer;

static NTSTATUS NTAPI SumacAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &SumacPeer, &SumacDispatch, &SumacPeer.Context, &SumacPeer.Dispatch);
}

static NTSTATUS NTAPI SumacDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    SumacPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static NPI_CLIENT_CHARACTERISTICS SumacChars = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), SumacAttach, SumacDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SumacNpiId, &SumacModuleId, 0, NULL }
};
static HANDLE SumacHandle;

static VOID SumacSetNumber(NPI_REGISTRATION_INSTANCE *Instance, ULONG Number)
{
    RtlZeroMemory(Instance, sizeof(*Instance));
    Instance->Size = sizeof(*Instance);
    Instance->Number = Number;
}

VOID NTAPI SumacUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(SumacHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(SumacHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    SumacSetNumber(&SumacChars.ClientRegistrationInstance, 2);
    DriverObject->DriverUnload = SumacUnload;
    return NmrRegisterClient(&SumacChars, NULL, &SumacHandle); // EXPECT: nmr-bad-characteristics
}
