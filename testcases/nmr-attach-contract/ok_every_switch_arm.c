/* fulmar: providers are told apart by their number.  */
#include <ntddk.h>
#include <netioddk.h>

#define FULMAR_TAG 'mluF'

typedef struct fulmar { ULONG mode; void *provider; const void *dispatch; } fulmar_t;

static HANDLE fulmar_handle;

static const NPIID fulmar_npi_id = { 0x6e41b802, 0x6045, 0x4d4b, { 0xfa, 0x2b, 0x62, 0x75, 0x46, 0xe4, 0xb2, 0x1f } };
static const NPI_MODULEID fulmar_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x3513bf42, 0x3f4d, 0x4e05, { 0x09, 0x60, 0x3f, 0x33, 0x1e, 0x83, 0x9c, 0xb3 } }
};

static NTSTATUS
fulmar_bind(HANDLE nmr_handle, ULONG mode)
{
    fulmar_t *f = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*f), FULMAR_TAG);
    NTSTATUS status;

    if (f == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    f->mode = mode;
    status = NmrClientAttachProvider(nmr_handle, f, NULL, &f->provider, &f->dispatch);
    if (!NT_SUCCESS(status))
        ExFreePoolWithTag(f, FULMAR_TAG);
    return status;
}

static NTSTATUS NTAPI
fulmar_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    NTSTATUS status;

    (void)context;
    switch (instance->Number) {
    case 0:
        status = STATUS_NOINTERFACE;
        break;
    case 1:
    case 2:
        status = fulmar_bind(nmr_handle, instance->Number);
        break;
    case 3:
        status = STATUS_NOT_SUPPORTED;
        break;
    default:
        status = fulmar_bind(nmr_handle, 9);
        break;
    }
    return status;
}

static NTSTATUS NTAPI
fulmar_detach(PVOID context)
{
    ((fulmar_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
fulmar_cleanup(PVOID context)
{
    ExFreePoolWithTag(context, FULMAR_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS fulmar_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = fulmar_attach,
    .ClientDetachProvider = fulmar_detach,
    .ClientCleanupBindingContext = fulmar_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &fulmar_npi_id,
        .ModuleId = &fulmar_module_id,
    },
};

static VOID NTAPI
fulmar_unload(PDRIVER_OBJECT driver)
{
    NTSTATUS status;

    (void)driver;
    status = NmrDeregisterClient(fulmar_handle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(fulmar_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = fulmar_unload;
    return NmrRegisterClient(&fulmar_characteristics, NULL, &fulmar_handle);
}
