/* One file of a driver. Good: a module with a flag of its own; its functions are called in any order. */
#include <ntddk.h>
#include <netioddk.h>

static const NPIID FifeNpiId = { 0xe0c21238, 0x51b6, 0x4aa6, { 0xd6, 0x7e, 0xe5, 0x82, 0x99, 0xd1, 0xb5, 0xcd } };
static const NPI_MODULEID FifeModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xc3db1fcf, 0x3849, 0x4518, { 0xcf, 0x52, 0xa5, 0x4c, 0x15, 0x45, 0x28, 0xec } } } };
static const ULONG FifeDispatch[2] = { 8, 1 };
static volatile LONG FifeClients;

static NTSTATUS NTAPI FifeAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&FifeClients);
    *ProviderBindingContext = (PVOID)&FifeClients;
    *ProviderDispatch = FifeDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI FifeDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS FifeProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), FifeAttachClient, FifeDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FifeNpiId, &FifeModuleId, 0, NULL }
};

static struct {
    BOOLEAN Up;
    HANDLE Handle;
    PVOID Table;
} Fife;

VOID FifeStop(VOID)
{
    if (Fife.Up) {
        if (NmrDeregisterProvider(Fife.Handle) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(Fife.Handle);
        }
        Fife.Up = FALSE;
    }
    if (Fife.Table != NULL) {
        ExFreePoolWithTag(Fife.Table, 'efiF');
        Fife.Table = NULL;
    }
}

NTSTATUS FifeStart(SIZE_T Size)
{
    NTSTATUS Status;

    if (Fife.Up) {
        return STATUS_ALREADY_INITIALIZED;
    }
    Fife.Table = ExAllocatePool2(POOL_FLAG_NON_PAGED, Size, 'efiF');
    if (Fife.Table == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = NmrRegisterProvider(&FifeProvider, NULL, &Fife.Handle);
    if (NT_SUCCESS(Status)) {
        Fife.Up = TRUE;
    } else {
        FifeStop();
    }
    return Status;
}
