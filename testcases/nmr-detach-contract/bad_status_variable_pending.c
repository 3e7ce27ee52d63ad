/* brook: the status is chosen step by step. On one path it is STATUS_PENDING, but the driver never completes anything. */
#include <ntddk.h>
#include <netioddk.h>

#define BROOK_TAG 'oorB'

typedef struct brook { volatile LONG streams; volatile LONG leaving; HANDLE nmr_handle; void *provider; const void *dispatch; } brook_t;

static brook_t *volatile brook_current;
static HANDLE brook_handle;

static const NPIID brook_npi_id = { 0x8fb2893a, 0x3edc, 0x46f1, { 0xdc, 0x05, 0x18, 0xc6, 0x63, 0x7d, 0xcb, 0x9d } };
static const NPI_MODULEID brook_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xa1caddd3, 0x00e3, 0x4394, { 0x48, 0xdd, 0x3f, 0x69, 0xa1, 0xf9, 0x67, 0xbc } }
};

/* Only called between an enter and an exit of the same stream. */
__declspec(dllexport)
void
brook_exit(brook_t *brook)
{
    InterlockedDecrement(&brook->streams);
}

__declspec(dllexport)
brook_t *
brook_enter(void)
{
    brook_t *brook = brook_current;

    if (brook != NULL)
        InterlockedIncrement(&brook->streams);
    return brook;
}

static NTSTATUS NTAPI
brook_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    brook_t *brook = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*brook), BROOK_TAG);
    NTSTATUS status;

    (void)context;
    (void)instance;
    if (brook == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    brook->streams = 1;
    brook->nmr_handle = nmr_handle;
    status = NmrClientAttachProvider(nmr_handle, brook, NULL, &brook->provider, &brook->dispatch);
    if (NT_SUCCESS(status))
        InterlockedExchangePointer((PVOID volatile *)&brook_current, brook);
    else
        ExFreePoolWithTag(brook, BROOK_TAG);
    return status;
}

static NTSTATUS NTAPI
brook_detach(PVOID context)
{
    brook_t *brook = context;
    NTSTATUS status = STATUS_SUCCESS;

    InterlockedCompareExchangePointer((PVOID volatile *)&brook_current, NULL, brook);
    InterlockedExchange(&brook->leaving, 1);
    if (InterlockedDecrement(&brook->streams) != 0)
        status = STATUS_PENDING;
    return status; // EXPECT: nmr-detach-contract
}

static VOID NTAPI
brook_cleanup(PVOID context)
{
    ExFreePoolWithTag(context, BROOK_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS brook_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = brook_attach,
    .ClientDetachProvider = brook_detach,
    .ClientCleanupBindingContext = brook_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &brook_npi_id,
        .ModuleId = &brook_module_id,
    },
};

static VOID NTAPI
brook_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(brook_handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(brook_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = brook_unload;
    return NmrRegisterClient(&brook_characteristics, NULL, &brook_handle);
}
