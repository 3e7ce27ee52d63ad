/* bodkin: needs a timer and a provider that is not too old. A provider that is too old is refused when the binding exists already, and it is left. */
#include <ntddk.h>
#include <netioddk.h>

#define BODKIN_TAG 'kdoB'

typedef struct bodkin { KTIMER timer; KDPC dpc; volatile LONG ticks; void *provider; const void *dispatch; } bodkin_t;

typedef struct bodkin_npi_info { USHORT version; } bodkin_npi_info_t;

static HANDLE bodkin_handle;

static const NPIID bodkin_npi_id = { 0x1312bc13, 0xf490, 0x42e1, { 0xd2, 0xb1, 0x85, 0xcf, 0xa4, 0x2c, 0x27, 0xba } };
static const NPI_MODULEID bodkin_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x8b8b18ab, 0x74de, 0x405e, { 0x9e, 0x68, 0x1f, 0xef, 0x26, 0xfa, 0x36, 0x48 } }
};

static VOID NTAPI
bodkin_tick(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    (void)dpc;
    (void)a;
    (void)b;
    InterlockedIncrement(&((bodkin_t *)context)->ticks);
}

static NTSTATUS NTAPI
bodkin_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    const bodkin_npi_info_t *info = instance->NpiSpecificCharacteristics;
    bodkin_t *bodkin = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*bodkin), BODKIN_TAG); // EXPECT: nmr-binding-leak
    NTSTATUS status;

    (void)context;
    if (bodkin == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    RtlZeroMemory(bodkin, sizeof(*bodkin));
    KeInitializeTimer(&bodkin->timer);
    KeInitializeDpc(&bodkin->dpc, bodkin_tick, bodkin);
    if (info == NULL || info->version < 2)
        return STATUS_NOINTERFACE;
    status = NmrClientAttachProvider(nmr_handle, bodkin, NULL, &bodkin->provider, &bodkin->dispatch);
    if (!NT_SUCCESS(status))
        ExFreePoolWithTag(bodkin, BODKIN_TAG);
    return status;
}

static NTSTATUS NTAPI
bodkin_detach(PVOID context)
{
    KeCancelTimer(&((bodkin_t *)context)->timer);
    return STATUS_SUCCESS;
}

static VOID NTAPI
bodkin_cleanup(PVOID context)
{
    ExFreePoolWithTag(context, BODKIN_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS bodkin_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = bodkin_attach,
    .ClientDetachProvider = bodkin_detach,
    .ClientCleanupBindingContext = bodkin_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &bodkin_npi_id,
        .ModuleId = &bodkin_module_id,
    },
};

static VOID NTAPI
bodkin_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(bodkin_handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(bodkin_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = bodkin_unload;
    return NmrRegisterClient(&bodkin_characteristics, NULL, &bodkin_handle);
}
