/* Defect: the event that the detach callback signals is initialised after the register call. */
#include <ntddk.h>
#include <netioddk.h>

#define LOTE_TAG 'etoL'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LoteUnload;

typedef struct _LOTE {
    HANDLE Handle;
    KEVENT Idle;
    PVOID PeerContext;
    const VOID *PeerDispatch;
} LOTE, *PLOTE;

static PLOTE g_Lote;
static const ULONG LoteDispatch = 1;
static const NPIID LoteNpiId = { 0xd13201ed, 0xecec, 0x4d37, { 0xe7, 0x68, 0x83, 0x65, 0xa4, 0xdd, 0x92, 0x1e } };
static const NPI_MODULEID LoteModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x258e8c04, 0x1c8d, 0x4eba, { 0x82, 0x98, 0x37, 0xbf, 0x0d, 0x66, 0x47, 0xa7 } } } };

static NTSTATUS NTAPI LoteAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    PLOTE Lote = ClientContext;

    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, Lote, &LoteDispatch, &Lote->PeerContext, &Lote->PeerDispatch);
}

static NTSTATUS NTAPI LoteDetach(PVOID ClientBindingContext)
{
    PLOTE Lote = ClientBindingContext;

    KeSetEvent(&Lote->Idle, IO_NO_INCREMENT, FALSE);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS LoteClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), LoteAttach, LoteDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &LoteNpiId, &LoteModuleId, 0, NULL }
};

static NTSTATUS LoteCreate(PLOTE *Result)
{
    PLOTE Lote = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Lote), LOTE_TAG);
    NTSTATUS Status;

    if (Lote == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = NmrRegisterClient(&LoteClient, Lote, &Lote->Handle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Lote, LOTE_TAG);
        return Status;
    }
    KeInitializeEvent(&Lote->Idle, NotificationEvent, FALSE); // EXPECT: nmr-register-before-init
    *Result = Lote;
    return STATUS_SUCCESS;
}

VOID NTAPI LoteUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(g_Lote->Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(g_Lote->Handle);
    }
    ExFreePoolWithTag(g_Lote, LOTE_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = LoteUnload;
    return LoteCreate(&g_Lote);
}
