/* Defect: the object comes zeroed from the pool and its NPI identifier is never set. */
#include <ntddk.h>
#include <netioddk.h>

#define MYRTLE_TAG 'tryM'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD myrtle_unload;

static const NPI_MODULEID myrtle_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x33770002, 0x4f4f, 0x4f4f, { 0x8f, 0x4f, 1, 2, 3, 4, 5, 6 } },
};
static const ULONG myrtle_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } myrtle_peer;

static NTSTATUS NTAPI myrtle_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)context;
    (void)provider;
    return NmrClientAttachProvider(binding, &myrtle_peer, &myrtle_dispatch, &myrtle_peer.context, &myrtle_peer.dispatch);
}

static NTSTATUS NTAPI myrtle_detach(PVOID binding_context)
{
    (void)binding_context;
    myrtle_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

typedef struct myrtle {
    HANDLE nmr;
    NPI_CLIENT_CHARACTERISTICS chars;
} myrtle_t;

static myrtle_t *myrtle;

static myrtle_t *myrtle_alloc(void)
{
    myrtle_t *m = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*m), MYRTLE_TAG);

    if (m != NULL) {
        NPI_REGISTRATION_INSTANCE *instance = &m->chars.ClientRegistrationInstance;

        m->chars.Length = sizeof(m->chars);
        m->chars.ClientAttachProvider = myrtle_attach;
        m->chars.ClientDetachProvider = myrtle_detach;
        instance->Size = sizeof(*instance);
        instance->ModuleId = &myrtle_module;
    }
    return m;
}

void NTAPI myrtle_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(myrtle->nmr) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(myrtle->nmr);
    ExFreePoolWithTag(myrtle, MYRTLE_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    myrtle = myrtle_alloc();
    if (myrtle == NULL)
        return STATUS_NO_MEMORY;
    status = NmrRegisterClient(&myrtle->chars, NULL, &myrtle->nmr); // EXPECT: nmr-bad-characteristics
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(myrtle, MYRTLE_TAG);
        return status;
    }
    driver->DriverUnload = myrtle_unload;
    return STATUS_SUCCESS;
}
