/* Defect: unload ends the provider only when verbose tracing is on: a branch that has nothing to do with the handle. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD HoopoeUnload;

static const NPIID HoopoeNpiId = { 0x794eed89, 0xf766, 0x4260, { 0x13, 0xe6, 0xae, 0x14, 0xfe, 0x9e, 0x29, 0xdc } };
static const NPI_MODULEID HoopoeModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xca53df7f, 0x89c3, 0x4e47, { 0xf8, 0xba, 0xbb, 0x6d, 0xe4, 0x34, 0xc3, 0xb5 } } } };
static const ULONG HoopoeDispatch[2] = { 8, 1 };
static volatile LONG HoopoeClients;

static NTSTATUS NTAPI HoopoeAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&HoopoeClients);
    *ProviderBindingContext = (PVOID)&HoopoeClients;
    *ProviderDispatch = HoopoeDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI HoopoeDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS HoopoeProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), HoopoeAttachClient, HoopoeDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &HoopoeNpiId, &HoopoeModuleId, 0, NULL }
};

static HANDLE HoopoeHandle;
static ULONG HoopoeVerbose;

static VOID HoopoeReadVerbose(PUNICODE_STRING RegistryPath)
{
    RTL_QUERY_REGISTRY_TABLE Table[2];

    RtlZeroMemory(Table, sizeof(Table));
    Table[0].Flags = RTL_QUERY_REGISTRY_DIRECT;
    Table[0].Name = L"Verbose";
    Table[0].EntryContext = &HoopoeVerbose;
    (VOID)RtlQueryRegistryValues(RTL_REGISTRY_ABSOLUTE, RegistryPath->Buffer, Table, NULL, NULL);
}

VOID NTAPI HoopoeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (HoopoeVerbose != 0) {
        DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_INFO_LEVEL, "hoopoe: unloading\n");
        if (NmrDeregisterProvider(HoopoeHandle) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(HoopoeHandle);
        }
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    HoopoeReadVerbose(RegistryPath);
    Status = NmrRegisterProvider(&HoopoeProvider, NULL, &HoopoeHandle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->DriverUnload = HoopoeUnload;
    return STATUS_SUCCESS;
}
