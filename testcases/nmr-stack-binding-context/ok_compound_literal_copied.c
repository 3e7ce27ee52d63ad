/* siskin: the binding is written as a compound literal, and copied into the pool. */
#include <ntddk.h>
#include <netioddk.h>

#define SISKIN_TAG 'ksiS'

typedef struct siskin { HANDLE handle; ULONG number; } siskin_t;

static PVOID siskin_provider;
static const VOID *siskin_dispatch;
static HANDLE siskin_handle;

static const NPIID siskin_npi_id = { 0x2fc348fc, 0x7c6b, 0x4c7b, { 0xf3, 0xfa, 0x66, 0x48, 0xb7, 0x49, 0xea, 0x3d } };
static const NPI_MODULEID siskin_module_id = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0xac4b9f22, 0xc6a9, 0x4cf5, { 0xe0, 0xce, 0x33, 0x92, 0xb7, 0xc8, 0x34, 0xc9 } }
};

static NTSTATUS NTAPI
siskin_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    siskin_t *siskin;
    NTSTATUS status;

    (void)context;
    siskin = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*siskin), SISKIN_TAG);
    if (siskin == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    *siskin = (siskin_t){ .handle = nmr_handle, .number = instance->Number };
    status = NmrClientAttachProvider(nmr_handle, siskin, NULL, &siskin_provider, &siskin_dispatch);
    if (!NT_SUCCESS(status))
        ExFreePoolWithTag(siskin, SISKIN_TAG);
    return status;
}

static NTSTATUS NTAPI
siskin_detach(PVOID context)
{
    ((siskin_t *)context)->number = 0;
    return STATUS_SUCCESS;
}

static VOID NTAPI
siskin_cleanup(PVOID context)
{
    ExFreePoolWithTag(context, SISKIN_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS siskin_characteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), siskin_attach, siskin_detach, siskin_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &siskin_npi_id, &siskin_module_id, 0, NULL }
};

static VOID NTAPI
siskin_unload(PDRIVER_OBJECT driver)
{
    NTSTATUS status;

    (void)driver;
    status = NmrDeregisterClient(siskin_handle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(siskin_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = siskin_unload;
    return NmrRegisterClient(&siskin_characteristics, NULL, &siskin_handle);
}
