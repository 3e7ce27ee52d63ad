/* Defect: the slot is chosen by a hash; a second module with the same hash takes the slot of a live registration. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ApatiteUnload;

static const NPIID ApatiteANpiId = { 0x0791d2bc, 0x0a48, 0x48dc, { 0x13, 0xe1, 0xb5, 0x3c, 0x9e, 0xc4, 0xdf, 0xff } };
static const NPI_MODULEID ApatiteAModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x88f2c1bd, 0x072a, 0x48b4, { 0x7a, 0xcd, 0x65, 0xf2, 0xc7, 0xc6, 0xb8, 0x33 } } } };
static const ULONG ApatiteADispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } ApatiteAPeer;

static NTSTATUS NTAPI ApatiteAAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &ApatiteAPeer, &ApatiteADispatch, &ApatiteAPeer.Context, &ApatiteAPeer.Dispatch);
}

static NTSTATUS NTAPI ApatiteADetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    ApatiteAPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ApatiteAClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ApatiteAAttach, ApatiteADetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ApatiteANpiId, &ApatiteAModuleId, 0, NULL }
};
static const NPIID ApatiteBNpiId = { 0x064d96ef, 0x8660, 0x4a5a, { 0xcc, 0x39, 0xe1, 0x79, 0x6c, 0x0a, 0x11, 0x3d } };
static const NPI_MODULEID ApatiteBModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x726e751d, 0xec26, 0x4e28, { 0x6a, 0x38, 0xf1, 0x6b, 0x7f, 0xaf, 0x19, 0xc3 } } } };
static const ULONG ApatiteBDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } ApatiteBPeer;

static NTSTATUS NTAPI ApatiteBAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &ApatiteBPeer, &ApatiteBDispatch, &ApatiteBPeer.Context, &ApatiteBPeer.Dispatch);
}

static NTSTATUS NTAPI ApatiteBDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    ApatiteBPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ApatiteBClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ApatiteBAttach, ApatiteBDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ApatiteBNpiId, &ApatiteBModuleId, 0, NULL }
};

static HANDLE ApatiteSlots[4];

static ULONG ApatiteHash(ULONG Key)
{
    return Key & 3;
}

static NTSTATUS ApatiteBegin(const NPI_CLIENT_CHARACTERISTICS *Chars, ULONG Key)
{
    return NmrRegisterClient(Chars, NULL, &ApatiteSlots[ApatiteHash(Key)]); // EXPECT: nmr-lost-handle
}

static VOID ApatiteEnd(ULONG Slot)
{
    if (ApatiteSlots[Slot] != NULL) {
        if (NmrDeregisterClient(ApatiteSlots[Slot]) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(ApatiteSlots[Slot]);
        }
        ApatiteSlots[Slot] = NULL;
    }
}

VOID NTAPI ApatiteUnload(PDRIVER_OBJECT DriverObject)
{
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    for (i = 0; i < RTL_NUMBER_OF(ApatiteSlots); i += 1) {
        ApatiteEnd(i);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = ApatiteBegin(&ApatiteAClient, 1);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = ApatiteBegin(&ApatiteBClient, 5);
    NT_FRE_ASSERT(NT_SUCCESS(Status));
    DriverObject->DriverUnload = ApatiteUnload;
    return STATUS_SUCCESS;
}
