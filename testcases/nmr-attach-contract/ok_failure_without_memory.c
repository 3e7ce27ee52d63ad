/* adze: when there is no memory for the binding the callback reports that. */
#include <ntddk.h>
#include <netioddk.h>

#define ADZE_TAG 'ezdA'

typedef struct adze { void *provider; const void *dispatch; } adze_t;

static HANDLE adze_handle;
static volatile LONG adze_missed;

static const NPIID adze_npi_id = { 0xadc50a83, 0xd859, 0x4754, { 0x32, 0xb8, 0xc7, 0x31, 0x03, 0x46, 0x81, 0xfc } };
static const NPI_MODULEID adze_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x3a84ec98, 0x9ba3, 0x46d7, { 0x81, 0x62, 0x52, 0xc3, 0xe7, 0x4e, 0x01, 0xc1 } } }
};

static NTSTATUS NTAPI
adze_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    NTSTATUS status = STATUS_SUCCESS;
    adze_t *adze;

    (void)context;
    (void)instance;
    adze = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*adze), ADZE_TAG);
    if (adze == NULL) {
        InterlockedIncrement(&adze_missed);
        status = STATUS_INSUFFICIENT_RESOURCES;
        goto exit;
    }
    status = NmrClientAttachProvider(nmr_handle, adze, NULL, &adze->provider, &adze->dispatch);
    if (!NT_SUCCESS(status))
        ExFreePoolWithTag(adze, ADZE_TAG);
exit:
    return status;
}

static NTSTATUS NTAPI
adze_detach(PVOID context)
{
    ((adze_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
adze_cleanup(PVOID context)
{
    ExFreePoolWithTag(context, ADZE_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS adze_characteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), adze_attach, adze_detach, adze_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &adze_npi_id, &adze_module_id, 0, NULL }
};

static VOID NTAPI
adze_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(adze_handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(adze_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = adze_unload;
    return NmrRegisterClient(&adze_characteristics, NULL, &adze_handle);
}
