// The context given to the NMR is the address of a local of the helper that fills the out parameters.
#include <ntddk.h>
#include <netioddk.h>

typedef struct _RILL_CLIENT {
    HANDLE NmrBindingHandle;
    PVOID ClientBindingContext;
    const VOID *ClientDispatch;
} RILL_CLIENT, *PRILL_CLIENT;

static const ULONG RillDispatch = 1;

static const NPIID RillNpiId = { 0x8d883a56, 0xe50d, 0x468f, { 0xd7, 0x75, 0x44, 0x76, 0xd5, 0x69, 0x0b, 0x2d } };
static const NPI_MODULEID RillModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x3692f71d, 0x96ed, 0x45f7, { 0xb8, 0x8d, 0x1b, 0xb2, 0xa7, 0x6d, 0x42, 0x63 } } } };

static VOID
RillGiveOut(const RILL_CLIENT *Client, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    *ProviderBindingContext = (PVOID)Client; // EXPECT: nmr-stack-binding-context
    *ProviderDispatch = &RillDispatch;
}

static NTSTATUS NTAPI
RillAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    RILL_CLIENT client;

    UNREFERENCED_PARAMETER(ProviderContext);
    if (ClientInstance->NpiId == NULL) {
        return STATUS_NOINTERFACE;
    }
    client.NmrBindingHandle = NmrBindingHandle;
    client.ClientBindingContext = ClientBindingContext;
    client.ClientDispatch = ClientDispatch;
    RillGiveOut(&client, ProviderBindingContext, ProviderDispatch);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
RillDetach(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS RillCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), RillAttach, RillDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &RillNpiId, &RillModuleId, 0, NULL }
};

static HANDLE RillHandle;

static VOID NTAPI
RillUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(RillHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(RillHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = RillUnload;
    return NmrRegisterProvider(&RillCharacteristics, NULL, &RillHandle);
}
