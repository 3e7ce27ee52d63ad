/* Good: contexts that are no address of the frame: the driver object, a number, a pointer held in a local. */
#include <ntddk.h>
#include <netioddk.h>

#define SISKIN_TAG 'ksiS'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SiskinUnload;

static const NPIID SiskinANpiId = { 0x31cd241e, 0xb75d, 0x43dd, { 0x6a, 0xee, 0x2b, 0xb9, 0x1a, 0xff, 0x8b, 0x75 } };
static const NPI_MODULEID SiskinAModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x0987170a, 0x08d4, 0x4ecb, { 0xc2, 0x4f, 0x70, 0x04, 0xca, 0x1f, 0x79, 0x9a } } } };
static const ULONG SiskinADispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } SiskinAPeer;

static NTSTATUS NTAPI SiskinAAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &SiskinAPeer, &SiskinADispatch, &SiskinAPeer.Context, &SiskinAPeer.Dispatch);
}

static NTSTATUS NTAPI SiskinADetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    SiskinAPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS SiskinAClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), SiskinAAttach, SiskinADetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SiskinANpiId, &SiskinAModuleId, 0, NULL }
};
static const NPIID SiskinBNpiId = { 0xb3156bfa, 0xe130, 0x4d64, { 0x97, 0x79, 0xe0, 0xd9, 0x65, 0x8c, 0xa5, 0x3a } };
static const NPI_MODULEID SiskinBModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x7daa6e50, 0xfad0, 0x41b8, { 0x4a, 0xbc, 0x46, 0xa4, 0xdf, 0x58, 0x93, 0x7c } } } };
static const ULONG SiskinBDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } SiskinBPeer;

static NTSTATUS NTAPI SiskinBAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &SiskinBPeer, &SiskinBDispatch, &SiskinBPeer.Context, &SiskinBPeer.Dispatch);
}

static NTSTATUS NTAPI SiskinBDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    SiskinBPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS SiskinBClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), SiskinBAttach, SiskinBDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SiskinBNpiId, &SiskinBModuleId, 0, NULL }
};
static const NPIID SiskinCNpiId = { 0xcf1fbb1c, 0x0e3b, 0x4a9f, { 0xc4, 0xe3, 0x18, 0x23, 0xf0, 0x2f, 0x75, 0x0a } };
static const NPI_MODULEID SiskinCModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xb8aa3cec, 0x071c, 0x4e12, { 0x47, 0xec, 0xa7, 0x4b, 0x57, 0xde, 0x3d, 0xf4 } } } };
static const ULONG SiskinCDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } SiskinCPeer;

static NTSTATUS NTAPI SiskinCAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &SiskinCPeer, &SiskinCDispatch, &SiskinCPeer.Context, &SiskinCPeer.Dispatch);
}

static NTSTATUS NTAPI SiskinCDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    SiskinCPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS SiskinCClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), SiskinCAttach, SiskinCDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SiskinCNpiId, &SiskinCModuleId, 0, NULL }
};

static HANDLE SiskinHandles[3];
static PVOID SiskinState;

static VOID SiskinEnd(ULONG Index)
{
    if (SiskinHandles[Index] != NULL) {
        if (NmrDeregisterClient(SiskinHandles[Index]) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(SiskinHandles[Index]);
        }
        SiskinHandles[Index] = NULL;
    }
}

VOID NTAPI SiskinUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    SiskinEnd(2);
    SiskinEnd(1);
    SiskinEnd(0);
    ExFreePoolWithTag(SiskinState, SISKIN_TAG);
}

static NTSTATUS SiskinBegin(const NPI_CLIENT_CHARACTERISTICS *Chars, PVOID Context, ULONG Index)
{
    NTSTATUS Status = NmrRegisterClient(Chars, Context, &SiskinHandles[Index]);

    if (!NT_SUCCESS(Status)) {
        SiskinHandles[Index] = NULL;
    }
    return Status;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID Local;
    ULONG Number = 3;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Local = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64, SISKIN_TAG);
    if (Local == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    SiskinState = Local;
    Status = SiskinBegin(&SiskinAClient, DriverObject, 0);
    if (NT_SUCCESS(Status)) {
        Status = SiskinBegin(&SiskinBClient, (PVOID)(ULONG_PTR)Number, 1);
    }
    if (NT_SUCCESS(Status)) {
        Status = SiskinBegin(&SiskinCClient, Local, 2);
    }
    if (!NT_SUCCESS(Status)) {
        SiskinUnload(DriverObject);
        return Status;
    }
    DriverObject->DriverUnload = SiskinUnload;
    return STATUS_SUCCESS;
}
