/* cinder: slots are taken under a spin lock.  */
#include <ntddk.h>
#include <netioddk.h>

#define CINDER_SLOTS 4

typedef struct cinder_slot { BOOLEAN used; HANDLE nmr_handle; PVOID provider_context; const VOID *provider; } cinder_slot_t;

static struct { EX_SPIN_LOCK lock; cinder_slot_t slot[CINDER_SLOTS]; } cinder;
static HANDLE cinder_handle;

static const NPIID cinder_npi_id = { 0xb620d61e, 0x23aa, 0x4b3e, { 0xfa, 0x84, 0xa1, 0xa4, 0xb5, 0x8e, 0xc8, 0x71 } };
static const NPI_MODULEID cinder_module_id = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0xfdbacf0f, 0x6e22, 0x4837, { 0xbc, 0x05, 0x04, 0x96, 0xb3, 0x66, 0x33, 0xdb } }
};

static NTSTATUS
cinder_bind(HANDLE nmr_handle, cinder_slot_t *slot)
{
    slot->nmr_handle = nmr_handle;
    return NmrClientAttachProvider(nmr_handle, slot, NULL, &slot->provider_context, &slot->provider);
}

static NTSTATUS NTAPI
cinder_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    NTSTATUS status = STATUS_NOINTERFACE;
    cinder_slot_t *slot = NULL;
    KIRQL irql;
    int i;

    (void)context;
    (void)instance;
    irql = ExAcquireSpinLockExclusive(&cinder.lock);
    for (i = 0; i < CINDER_SLOTS; i++) {
        if (!cinder.slot[i].used) {
            slot = &cinder.slot[i];
            slot->used = TRUE;
            break;
        }
    }
    ExReleaseSpinLockExclusive(&cinder.lock, irql);
    if (slot != NULL) {
        status = cinder_bind(nmr_handle, slot);
        if (!NT_SUCCESS(status)) {
            irql = ExAcquireSpinLockExclusive(&cinder.lock);
            slot->used = FALSE;
            ExReleaseSpinLockExclusive(&cinder.lock, irql);
        }
    }
    return status;
}

static NTSTATUS NTAPI
cinder_detach(PVOID context)
{
    ((cinder_slot_t *)context)->provider = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
cinder_cleanup(PVOID context)
{
    ((cinder_slot_t *)context)->used = FALSE;
}

static const NPI_CLIENT_CHARACTERISTICS cinder_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = cinder_attach,
    .ClientDetachProvider = cinder_detach,
    .ClientCleanupBindingContext = cinder_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &cinder_npi_id,
        .ModuleId = &cinder_module_id,
    },
};

static VOID NTAPI
cinder_unload(PDRIVER_OBJECT driver)
{
    NTSTATUS status;

    (void)driver;
    status = NmrDeregisterClient(cinder_handle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(cinder_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = cinder_unload;
    return NmrRegisterClient(&cinder_characteristics, NULL, &cinder_handle);
}
