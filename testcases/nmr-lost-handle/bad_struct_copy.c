/* Defect: the registration is made in a copy of the module's structure, which is not copied back. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD VaranUnload;

static const NPIID VaranNpiId = { 0x11c8bbcb, 0x4b0d, 0x42ef, { 0x41, 0x08, 0x5c, 0x37, 0x95, 0xd7, 0xf2, 0x49 } };
static const NPI_MODULEID VaranModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x03f5fe79, 0x3a0d, 0x4331, { 0xe1, 0x89, 0xf5, 0xfb, 0x72, 0x93, 0x60, 0xdc } } } };
static const ULONG VaranDispatch[2] = { 8, 1 };
static volatile LONG VaranClients;

static NTSTATUS NTAPI VaranAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&VaranClients);
    *ProviderBindingContext = (PVOID)&VaranClients;
    *ProviderDispatch = VaranDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI VaranDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS VaranProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), VaranAttachClient, VaranDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &VaranNpiId, &VaranModuleId, 0, NULL }
};

typedef struct _VARAN {
    ULONG Number;
    HANDLE Handle;
} VARAN;

static VARAN Varan = { 5, NULL };

static NTSTATUS VaranStart(VOID)
{
    VARAN Copy = Varan;

    return NmrRegisterProvider(&VaranProvider, NULL, &Copy.Handle); // EXPECT: nmr-lost-handle
}

VOID NTAPI VaranUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Varan.Handle != NULL && NmrDeregisterProvider(Varan.Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Varan.Handle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = VaranUnload;
    return VaranStart();
}
