/* Defect: a table of characteristics made by a macro; one entry names NULL as the attach callback. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LaurelUnload;

static const NPIID LaurelNpiId = { 0x12686406, 0x7d5b, 0x4e48, { 0x30, 0x9e, 0xeb, 0x73, 0x6f, 0xfe, 0xdc, 0x9b } };
static const NPI_MODULEID LaurelModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xe929f93b, 0x6ea3, 0x4eda, { 0xe2, 0xbf, 0x05, 0x5a, 0x50, 0x4b, 0x00, 0x47 } } } };
static const ULONG LaurelDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } LaurelPeer;

static NTSTATUS NTAPI LaurelAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &LaurelPeer, &LaurelDispatch, &LaurelPeer.Context, &LaurelPeer.Dispatch);
}

static NTSTATUS NTAPI LaurelDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    LaurelPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

#define LAUREL(Attach, Detach, Number) \
    { 0, sizeof(NPI_CLIENT_CHARACTERISTICS), (Attach), (Detach), NULL, \
      { 0, sizeof(NPI_REGISTRATION_INSTANCE), &LaurelNpiId, &LaurelModuleId, (Number), NULL } }

static const NPI_CLIENT_CHARACTERISTICS LaurelMain = LAUREL(LaurelAttach, LaurelDetach, 0);
static const NPI_CLIENT_CHARACTERISTICS LaurelDummy = LAUREL(NULL, LaurelDetach, 1);
static HANDLE LaurelMainHandle, LaurelDummyHandle;

static VOID LaurelEnd(HANDLE Handle)
{
    if (NmrDeregisterClient(Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Handle);
    }
}

VOID NTAPI LaurelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    LaurelEnd(LaurelDummyHandle);
    LaurelEnd(LaurelMainHandle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&LaurelMain, NULL, &LaurelMainHandle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterClient(&LaurelDummy, NULL, &LaurelDummyHandle); // EXPECT: nmr-bad-characteristics
    if (!NT_SUCCESS(Status)) {
        LaurelEnd(LaurelMainHandle);
        return Status;
    }
    DriverObject->DriverUnload = LaurelUnload;
    return STATUS_SUCCESS;
}
