/* Good: the project's own macros for tests and jumps. */
#include <ntddk.h>
#include <netioddk.h>

#define CHECK(Expression, Label) \
    do { \
        Status = (Expression); \
        if (!NT_SUCCESS(Status)) { \
            DbgPrint("%s failed: 0x%08x\n", #Expression, Status); \
            goto Label; \
        } \
    } while (0)

#define END_CLIENT(Handle) \
    do { \
        if ((Handle) != NULL) { \
            NTSTATUS EndStatus = NmrDeregisterClient(Handle); \
            if (EndStatus == STATUS_PENDING) { \
                EndStatus = NmrWaitForClientDeregisterComplete(Handle); \
            } \
            NT_ASSERT(NT_SUCCESS(EndStatus)); \
            (Handle) = NULL; \
        } \
    } while (0)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FoxtrotUnload;

static const NPIID FoxtrotANpiId = { 0x1ddc98c2, 0x1b1d, 0x4381, { 0x1d, 0x92, 0xca, 0x25, 0xed, 0x3e, 0xc4, 0x30 } };
static const NPI_MODULEID FoxtrotAModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xa50224d6, 0x000f, 0x40ff, { 0x59, 0x6e, 0xf1, 0x22, 0x7d, 0xcd, 0x96, 0xc6 } } } };
static const ULONG FoxtrotADispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } FoxtrotAPeer;

static NTSTATUS NTAPI FoxtrotAAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &FoxtrotAPeer, &FoxtrotADispatch, &FoxtrotAPeer.Context, &FoxtrotAPeer.Dispatch);
}

static NTSTATUS NTAPI FoxtrotADetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    FoxtrotAPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS FoxtrotAClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), FoxtrotAAttach, FoxtrotADetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FoxtrotANpiId, &FoxtrotAModuleId, 0, NULL }
};
static const NPIID FoxtrotBNpiId = { 0x85d3da85, 0x4223, 0x4361, { 0x6d, 0xb2, 0x9b, 0x30, 0x1d, 0xf3, 0x9c, 0x85 } };
static const NPI_MODULEID FoxtrotBModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xa5c24c62, 0x5151, 0x4e47, { 0x6e, 0x60, 0x62, 0xa2, 0xd1, 0xa9, 0x75, 0x89 } } } };
static const ULONG FoxtrotBDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } FoxtrotBPeer;

static NTSTATUS NTAPI FoxtrotBAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &FoxtrotBPeer, &FoxtrotBDispatch, &FoxtrotBPeer.Context, &FoxtrotBPeer.Dispatch);
}

static NTSTATUS NTAPI FoxtrotBDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    FoxtrotBPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS FoxtrotBClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), FoxtrotBAttach, FoxtrotBDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FoxtrotBNpiId, &FoxtrotBModuleId, 0, NULL }
};

static HANDLE FoxtrotA, FoxtrotB;
static PDEVICE_OBJECT FoxtrotDevice;

VOID NTAPI FoxtrotUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    END_CLIENT(FoxtrotB);
    END_CLIENT(FoxtrotA);
    IoDeleteDevice(FoxtrotDevice);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    CHECK(IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &FoxtrotDevice), Exit);
    CHECK(NmrRegisterClient(&FoxtrotAClient, NULL, &FoxtrotA), DeleteDevice);
    CHECK(NmrRegisterClient(&FoxtrotBClient, NULL, &FoxtrotB), EndA);
    DriverObject->DriverUnload = FoxtrotUnload;
    return STATUS_SUCCESS;

EndA:
    END_CLIENT(FoxtrotA);
DeleteDevice:
    IoDeleteDevice(FoxtrotDevice);
Exit:
    return Status;
}
