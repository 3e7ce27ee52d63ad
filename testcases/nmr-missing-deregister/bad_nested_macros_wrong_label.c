/* Defect: the second client's failure jumps one label too far. The register call stands in a macro. */
#include <ntddk.h>
#include <netioddk.h>

#define CHECK(Expression, Label) \
    do { \
        Status = (Expression); \
        if (!NT_SUCCESS(Status)) \
            goto Label; \
    } while (0)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD RumbaUnload;

static const NPIID RumbaANpiId = { 0xdb5de4e6, 0xd5d8, 0x416c, { 0x05, 0xb1, 0x93, 0x1e, 0x81, 0xbf, 0xf0, 0xda } };
static const NPI_MODULEID RumbaAModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x10d62112, 0x69ed, 0x451e, { 0x02, 0xf2, 0xc7, 0xb4, 0xe4, 0x96, 0xc4, 0x23 } } } };
static const ULONG RumbaADispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } RumbaAPeer;

static NTSTATUS NTAPI RumbaAAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &RumbaAPeer, &RumbaADispatch, &RumbaAPeer.Context, &RumbaAPeer.Dispatch);
}

static NTSTATUS NTAPI RumbaADetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    RumbaAPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS RumbaAClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), RumbaAAttach, RumbaADetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &RumbaANpiId, &RumbaAModuleId, 0, NULL }
};
static const NPIID RumbaBNpiId = { 0x1e125a89, 0xa80a, 0x4de5, { 0x84, 0x45, 0xab, 0x5e, 0xb9, 0xb6, 0x68, 0xd0 } };
static const NPI_MODULEID RumbaBModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x338d092d, 0x1aab, 0x4964, { 0x12, 0x65, 0xaf, 0x02, 0xe0, 0x7b, 0x18, 0xac } } } };
static const ULONG RumbaBDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } RumbaBPeer;

static NTSTATUS NTAPI RumbaBAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &RumbaBPeer, &RumbaBDispatch, &RumbaBPeer.Context, &RumbaBPeer.Dispatch);
}

static NTSTATUS NTAPI RumbaBDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    RumbaBPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS RumbaBClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), RumbaBAttach, RumbaBDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &RumbaBNpiId, &RumbaBModuleId, 0, NULL }
};

static HANDLE RumbaA, RumbaB;
static PDEVICE_OBJECT RumbaDevice;

static VOID RumbaEnd(HANDLE Handle)
{
    if (NmrDeregisterClient(Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Handle);
    }
}

VOID NTAPI RumbaUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    RumbaEnd(RumbaB);
    RumbaEnd(RumbaA);
    IoDeleteDevice(RumbaDevice);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    CHECK(IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &RumbaDevice), Exit);
    CHECK(NmrRegisterClient(&RumbaAClient, NULL, &RumbaA), DeleteDevice); // EXPECT: nmr-missing-deregister
    CHECK(NmrRegisterClient(&RumbaBClient, NULL, &RumbaB), DeleteDevice);
    DriverObject->DriverUnload = RumbaUnload;
    return STATUS_SUCCESS;

DeleteDevice:
    IoDeleteDevice(RumbaDevice);
Exit:
    return Status;
}
