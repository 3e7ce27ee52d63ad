/* mallet: the attach call in SEH, its status logged through a macro, and only one exit. */
#include <ntddk.h>
#include <netioddk.h>

#define MALLET_TAG 'llaM'
#define RETURN_LOGGED(s) do { NTSTATUS s_ = (s); if (!NT_SUCCESS(s_)) DbgPrint("%s: %08x\n", __FUNCTION__, s_); return s_; } while (0)

typedef struct mallet { void *provider; const void *dispatch; ULONG blows; } mallet_t;

static HANDLE mallet_handle;

static const NPIID mallet_npi_id = { 0xf9cd9b97, 0x6cd3, 0x4e26, { 0xfb, 0x6d, 0xa8, 0x44, 0xea, 0xff, 0x31, 0x96 } };
static const NPI_MODULEID mallet_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x1a90406b, 0xe2a8, 0x4a3c, { 0xa7, 0xad, 0xab, 0x3e, 0x10, 0xe2, 0x6a, 0x69 } } }
};

static NTSTATUS NTAPI
mallet_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    NTSTATUS status = STATUS_NOINTERFACE;
    mallet_t *mallet = NULL;

    (void)context;
    __try {
        if (instance->Number > 9)
            __leave;
        mallet = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*mallet), MALLET_TAG);
        if (mallet == NULL) {
            status = STATUS_INSUFFICIENT_RESOURCES;
            __leave;
        }
        mallet->blows = instance->Number;
        status = NmrClientAttachProvider(nmr_handle, mallet, NULL, &mallet->provider, &mallet->dispatch);
    } __finally {
        if (!NT_SUCCESS(status) && mallet != NULL)
            ExFreePoolWithTag(mallet, MALLET_TAG);
    }
    RETURN_LOGGED(status);
}

static NTSTATUS NTAPI
mallet_detach(PVOID context)
{
    ((mallet_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
mallet_cleanup(PVOID context)
{
    ExFreePoolWithTag(context, MALLET_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS mallet_characteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), mallet_attach, mallet_detach, mallet_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &mallet_npi_id, &mallet_module_id, 0, NULL }
};

static VOID NTAPI
mallet_unload(PDRIVER_OBJECT driver)
{
    NTSTATUS status;

    (void)driver;
    status = NmrDeregisterClient(mallet_handle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(mallet_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = mallet_unload;
    return NmrRegisterClient(&mallet_characteristics, NULL, &mallet_handle);
}
