/* Defect: the macro that traces a call evaluates it and drops its value. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SorrelUnload;

static const NPIID SorrelNpiId = { 0x76fac73d, 0x4f00, 0x48c3, { 0x9d, 0x09, 0x0d, 0x83, 0x45, 0x15, 0xa4, 0xd4 } };
static const NPI_MODULEID SorrelModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xb90f3eb2, 0xb690, 0x4d23, { 0xb4, 0xdd, 0xdf, 0x34, 0xd5, 0xa1, 0xc2, 0x5a } } } };
static const ULONG SorrelDispatch[2] = { 8, 1 };
static volatile LONG SorrelClients;

static NTSTATUS NTAPI SorrelAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&SorrelClients);
    *ProviderBindingContext = (PVOID)&SorrelClients;
    *ProviderDispatch = SorrelDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI SorrelDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS SorrelProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), SorrelAttachClient, SorrelDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SorrelNpiId, &SorrelModuleId, 0, NULL }
};

#define TRACED(Call) (DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_TRACE_LEVEL, "%s\n", #Call), (Call))

static HANDLE SorrelHandle;

static HANDLE SorrelPublish(VOID)
{
    HANDLE Handle = NULL;

    TRACED(NmrRegisterProvider(&SorrelProvider, NULL, &Handle)); // EXPECT: nmr-unchecked-status
    return Handle;
}

VOID NTAPI SorrelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(SorrelHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(SorrelHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    SorrelHandle = SorrelPublish();
    if (SorrelHandle == NULL) {
        return STATUS_UNSUCCESSFUL;
    }
    DriverObject->DriverUnload = SorrelUnload;
    return STATUS_SUCCESS;
}
