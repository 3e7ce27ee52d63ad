/* garth: the characteristics are filled at run time. The pageable function is stored in the detach slot. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _GARTH { HANDLE Handle; NPI_CLIENT_CHARACTERISTICS Chars; PVOID Provider; const VOID *Dispatch; volatile LONG Bound; } GARTH, *PGARTH;

static GARTH Garth;

static const NPIID GarthNpiId = { 0xe157d1d1, 0xde29, 0x4ea3, { 0x78, 0x94, 0x6e, 0xbf, 0x14, 0x94, 0xe8, 0xe5 } };
static const NPI_MODULEID GarthModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0xfa20d704, 0x496e, 0x4be2, { 0x9c, 0xdb, 0x83, 0x3c, 0x49, 0x82, 0xf0, 0x51 } } }
};

__declspec(code_seg("PAGE"))
static NTSTATUS NTAPI
GarthDetach(PVOID ClientBindingContext)
{
    PGARTH garth = ClientBindingContext;

    InterlockedExchange(&garth->Bound, 0);
    return STATUS_SUCCESS;
}

__declspec(code_seg("PAGE"))
static NTSTATUS NTAPI
GarthAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Provider)
{
    PGARTH garth = ClientContext;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Provider);
    if (InterlockedExchange(&garth->Bound, 1) != 0) {
        return STATUS_NOINTERFACE;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, garth, NULL, &garth->Provider, &garth->Dispatch);
    if (!NT_SUCCESS(status)) {
        InterlockedExchange(&garth->Bound, 0);
    }
    return status;
}

static VOID
GarthFill(PGARTH G)
{
    PNPI_CLIENT_CHARACTERISTICS chars = &G->Chars;

    RtlZeroMemory(chars, sizeof(*chars));
    chars->Length = sizeof(*chars);
    chars->ClientAttachProvider = GarthAttach;
    chars->ClientDetachProvider = GarthDetach; // EXPECT: irql-paged-code
    chars->ClientRegistrationInstance.Size = sizeof(chars->ClientRegistrationInstance);
    chars->ClientRegistrationInstance.NpiId = &GarthNpiId;
    chars->ClientRegistrationInstance.ModuleId = &GarthModuleId;
}

static VOID NTAPI
GarthUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(Garth.Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Garth.Handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    GarthFill(&Garth);
    DriverObject->DriverUnload = GarthUnload;
    return NmrRegisterClient(&Garth.Chars, &Garth, &Garth.Handle);
}
