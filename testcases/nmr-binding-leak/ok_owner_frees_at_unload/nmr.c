#include "pivot.h"

static HANDLE pivot_handle;

static const NPIID pivot_npi_id = { 0x542e68bc, 0x3374, 0x425d, { 0x73, 0x18, 0x5f, 0x22, 0x7c, 0x1f, 0x09, 0x17 } };
static const NPI_MODULEID pivot_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x67dbff8c, 0x7d2e, 0x4475, { 0x60, 0x78, 0x90, 0x80, 0x8b, 0xa8, 0x7b, 0x62 } } }
};

static NTSTATUS NTAPI
pivot_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    pivot_t *pivot;
    NTSTATUS status;

    (void)context;
    (void)instance;
    pivot = pivot_alloc();
    if (pivot == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    status = pivot_bind(nmr_handle, pivot);
    if (!NT_SUCCESS(status))
        pivot_release(pivot);
    return status;
}

static NTSTATUS NTAPI
pivot_detach(PVOID context)
{
    ((pivot_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
pivot_cleanup(PVOID context)
{
    pivot_release(context);
}

static const NPI_CLIENT_CHARACTERISTICS pivot_characteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), pivot_attach, pivot_detach, pivot_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &pivot_npi_id, &pivot_module_id, 0, NULL }
};

static VOID NTAPI
pivot_unload(PDRIVER_OBJECT driver)
{
    NTSTATUS status;

    (void)driver;
    status = NmrDeregisterClient(pivot_handle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(pivot_handle);
    }
    pivot_free_all();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = pivot_unload;
    return NmrRegisterClient(&pivot_characteristics, NULL, &pivot_handle);
}
