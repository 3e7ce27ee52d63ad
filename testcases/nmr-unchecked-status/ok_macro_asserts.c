/*
 * Good: the macro that registers asserts the status, in free builds too.
 * (Twin: bad_macro_call.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD QuartzUnload;

#define QUARTZ_REGISTER(Chars, Handle) \
    do { \
        NTSTATUS QuartzStatus_ = NmrRegisterProvider((Chars), NULL, (Handle)); \
        NT_FRE_ASSERT(NT_SUCCESS(QuartzStatus_)); \
    } while (0)

static HANDLE QuartzHandle;
static const NPIID QuartzNpiId = { 0x0db5618b, 0x6d66, 0x4a9b, { 0x8c, 0xc2, 0x13, 0xf1, 0xcf, 0x1e, 0x51, 0x98 } };
static const NPI_MODULEID QuartzModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x85ac8e73, 0x4c77, 0x4bfc, { 0x86, 0x2b, 0x66, 0xb1, 0xb1, 0x12, 0xda, 0xc0 } } }
};
static const ULONG QuartzDispatch = 7;
static volatile LONG QuartzClients;

static NTSTATUS NTAPI QuartzAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&QuartzClients);
    *ProviderBindingContext = (PVOID)&QuartzClients;
    *ProviderDispatch = &QuartzDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI QuartzDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS QuartzProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), QuartzAttachClient, QuartzDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &QuartzNpiId, &QuartzModuleId, 0, NULL }
};

VOID NTAPI QuartzUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(QuartzHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(QuartzHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    QUARTZ_REGISTER(&QuartzProvider, &QuartzHandle);
    DriverObject->DriverUnload = QuartzUnload;
    return STATUS_SUCCESS;
}
