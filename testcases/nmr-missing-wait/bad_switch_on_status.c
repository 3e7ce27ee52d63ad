/* Defect: the switch over the status waits for STATUS_SUCCESS and lets STATUS_PENDING pass as "nothing more to do". */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD WeaselUnload;

static const NPIID WeaselNpiId = { 0x8e574b0f, 0xd388, 0x4881, { 0xf7, 0x89, 0x1c, 0xba, 0xa9, 0x2c, 0x37, 0x12 } };
static const NPI_MODULEID WeaselModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xbd36dad2, 0x6d50, 0x4efe, { 0x5e, 0x41, 0x1b, 0x9c, 0xf7, 0x14, 0x48, 0x06 } } } };
static const ULONG WeaselDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } WeaselPeer;

static NTSTATUS NTAPI WeaselAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &WeaselPeer, &WeaselDispatch, &WeaselPeer.Context, &WeaselPeer.Dispatch);
}

static NTSTATUS NTAPI WeaselDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    WeaselPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS WeaselClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), WeaselAttach, WeaselDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &WeaselNpiId, &WeaselModuleId, 0, NULL }
};

static HANDLE WeaselHandle;

static VOID WeaselStop(VOID)
{
    switch (NmrDeregisterClient(WeaselHandle)) { // EXPECT: nmr-missing-wait
    case STATUS_SUCCESS:
        NmrWaitForClientDeregisterComplete(WeaselHandle);
        break;
    case STATUS_PENDING:
        break;
    default:
        NT_ASSERT(FALSE);
        break;
    }
    WeaselHandle = NULL;
}

VOID NTAPI WeaselUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WeaselStop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = WeaselUnload;
    return NmrRegisterClient(&WeaselClient, NULL, &WeaselHandle);
}
