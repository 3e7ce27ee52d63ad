// A fast mutex over the register call, and the same one in the attach callback.
#include <ntddk.h>
#include <netioddk.h>

static FAST_MUTEX GinkgoMutex;
static BOOLEAN GinkgoRunning;
static ULONG GinkgoCount;
static HANDLE GinkgoProvider;
static const ULONG GinkgoDispatch = 1;

static const NPIID GinkgoNpiId = { 0x4b151265, 0x19c7, 0x473d, { 0x2c, 0x0a, 0x76, 0x83, 0x65, 0x8e, 0x53, 0x53 } };
static const NPI_MODULEID GinkgoModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xcf423c4e, 0xcb32, 0x4dac, { 0xd0, 0x0a, 0xf0, 0x51, 0xe1, 0xbd, 0x1e, 0xd7 } } } };

static NTSTATUS NTAPI
GinkgoAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    ExAcquireFastMutex(&GinkgoMutex);
    GinkgoCount++;
    ExReleaseFastMutex(&GinkgoMutex);
    *ProviderBindingContext = &GinkgoCount;
    *ProviderDispatch = &GinkgoDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
GinkgoDetach(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS GinkgoCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), GinkgoAttach, GinkgoDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &GinkgoNpiId, &GinkgoModuleId, 0, NULL }
};

static NTSTATUS
GinkgoStart(VOID)
{
    NTSTATUS status = STATUS_SUCCESS;

    ExAcquireFastMutex(&GinkgoMutex);
    if (!GinkgoRunning) {
        status = NmrRegisterProvider(&GinkgoCharacteristics, NULL, &GinkgoProvider); // EXPECT: nmr-callback-deadlock
        GinkgoRunning = (BOOLEAN)NT_SUCCESS(status);
    }
    ExReleaseFastMutex(&GinkgoMutex);
    return status;
}

static VOID NTAPI
GinkgoUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (GinkgoRunning) {
        if (NmrDeregisterProvider(GinkgoProvider) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(GinkgoProvider);
        }
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializeFastMutex(&GinkgoMutex);
    DriverObject->DriverUnload = GinkgoUnload;
    return GinkgoStart();
}
