/* mole: a reader/writer lock guards the list of bindings; cleanup takes it. It is held, shared, while stop waits. */
#include <ntddk.h>
#include <netioddk.h>

#define MOLE_TAG 'eloM'

typedef struct mole { LIST_ENTRY link; void *provider; const void *dispatch; } mole_t;

static EX_SPIN_LOCK mole_lock;
static LIST_ENTRY mole_list;
static HANDLE mole_handle;

static const NPIID mole_npi_id = { 0x3f4eff70, 0x28e9, 0x446c, { 0xc8, 0x9b, 0x38, 0xaf, 0xcd, 0x90, 0x5e, 0xb3 } };
static const NPI_MODULEID mole_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x061e981b, 0xe6c0, 0x44ff, { 0xe0, 0x60, 0x50, 0x01, 0x40, 0xe1, 0x49, 0x90 } }
};

static NTSTATUS NTAPI
mole_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    mole_t *mole = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*mole), MOLE_TAG);
    NTSTATUS status;
    KIRQL irql;

    (void)context;
    (void)instance;
    if (mole == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    irql = ExAcquireSpinLockExclusive(&mole_lock);
    InsertTailList(&mole_list, &mole->link);
    ExReleaseSpinLockExclusive(&mole_lock, irql);
    status = NmrClientAttachProvider(nmr_handle, mole, NULL, &mole->provider, &mole->dispatch);
    if (!NT_SUCCESS(status)) {
        irql = ExAcquireSpinLockExclusive(&mole_lock);
        RemoveEntryList(&mole->link);
        ExReleaseSpinLockExclusive(&mole_lock, irql);
        ExFreePoolWithTag(mole, MOLE_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
mole_detach(PVOID context)
{
    ((mole_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
mole_cleanup(PVOID context)
{
    mole_t *mole = context;
    KIRQL irql;

    irql = ExAcquireSpinLockExclusive(&mole_lock);
    RemoveEntryList(&mole->link);
    ExReleaseSpinLockExclusive(&mole_lock, irql);
    ExFreePoolWithTag(mole, MOLE_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS mole_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = mole_attach,
    .ClientDetachProvider = mole_detach,
    .ClientCleanupBindingContext = mole_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &mole_npi_id,
        .ModuleId = &mole_module_id,
    },
};

static VOID NTAPI
mole_unload(PDRIVER_OBJECT driver)
{
    PLIST_ENTRY entry;
    ULONG left = 0;
    KIRQL irql;

    (void)driver;
    irql = ExAcquireSpinLockShared(&mole_lock);
    for (entry = mole_list.Flink; entry != &mole_list; entry = entry->Flink)
        left++;
    if (NmrDeregisterClient(mole_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(mole_handle); // EXPECT: nmr-callback-deadlock
    ExReleaseSpinLockShared(&mole_lock, irql);
    DbgPrint("mole: %lu bindings were left\n", left);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    InitializeListHead(&mole_list);
    driver->DriverUnload = mole_unload;
    return NmrRegisterClient(&mole_characteristics, NULL, &mole_handle);
}
