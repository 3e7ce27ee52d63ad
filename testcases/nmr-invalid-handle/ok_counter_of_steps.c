/* Good: a counter of the steps that succeeded; undoing counts down. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD HulaUnload;

static const NPIID HulaDownNpiId = { 0xbd50a694, 0xf950, 0x460d, { 0xef, 0x2b, 0x37, 0x15, 0x7a, 0xe0, 0xb1, 0x08 } };
static const NPI_MODULEID HulaDownModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xca1e2dd7, 0x547b, 0x4b73, { 0xba, 0xae, 0xcb, 0xe6, 0x17, 0xef, 0x80, 0x26 } } } };
static const ULONG HulaDownDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } HulaDownPeer;

static NTSTATUS NTAPI HulaDownAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &HulaDownPeer, &HulaDownDispatch, &HulaDownPeer.Context, &HulaDownPeer.Dispatch);
}

static NTSTATUS NTAPI HulaDownDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    HulaDownPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS HulaDownClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), HulaDownAttach, HulaDownDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &HulaDownNpiId, &HulaDownModuleId, 0, NULL }
};
static const NPIID HulaUpNpiId = { 0x49daa5e5, 0x7062, 0x4b5b, { 0x4d, 0xbb, 0x76, 0xd9, 0x60, 0x9b, 0x2c, 0x83 } };
static const NPI_MODULEID HulaUpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x4a4c6c25, 0x5af2, 0x4c2b, { 0x13, 0xb5, 0x5b, 0xb6, 0x6a, 0x0f, 0xf0, 0x01 } } } };
static const ULONG HulaUpDispatch[2] = { 8, 1 };
static volatile LONG HulaUpClients;

static NTSTATUS NTAPI HulaUpAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&HulaUpClients);
    *ProviderBindingContext = (PVOID)&HulaUpClients;
    *ProviderDispatch = HulaUpDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI HulaUpDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS HulaUpProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), HulaUpAttachClient, HulaUpDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &HulaUpNpiId, &HulaUpModuleId, 0, NULL }
};

static HANDLE HulaClientHandle, HulaProviderHandle;
static PDEVICE_OBJECT HulaDevice;
static ULONG HulaSteps;

static VOID HulaUndo(VOID)
{
    while (HulaSteps > 0) {
        switch (HulaSteps--) {
        case 1:
            IoDeleteDevice(HulaDevice);
            break;
        case 2:
            if (NmrDeregisterClient(HulaClientHandle) == STATUS_PENDING) {
                NmrWaitForClientDeregisterComplete(HulaClientHandle);
            }
            break;
        case 3:
            if (NmrDeregisterProvider(HulaProviderHandle) == STATUS_PENDING) {
                NmrWaitForProviderDeregisterComplete(HulaProviderHandle);
            }
            break;
        }
    }
}

static NTSTATUS HulaStep(PDRIVER_OBJECT DriverObject)
{
    switch (HulaSteps) {
    case 0:
        return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &HulaDevice);
    case 1:
        return NmrRegisterClient(&HulaDownClient, NULL, &HulaClientHandle);
    case 2:
        return NmrRegisterProvider(&HulaUpProvider, NULL, &HulaProviderHandle);
    default:
        return STATUS_NO_MORE_ENTRIES;
    }
}

VOID NTAPI HulaUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    HulaUndo();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    while (HulaSteps < 3) {
        Status = HulaStep(DriverObject);
        if (!NT_SUCCESS(Status)) {
            HulaUndo();
            return Status;
        }
        HulaSteps += 1;
    }
    DriverObject->DriverUnload = HulaUnload;
    return STATUS_SUCCESS;
}
