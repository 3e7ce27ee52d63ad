/* ivy: the detach callback lets a pageable helper write the statistics , though it may run at DISPATCH_LEVEL. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct ivy_binding { volatile LONG used; ULONG leaves; PVOID provider_context; const VOID *provider; } ivy_binding_t;

static ivy_binding_t ivy_binding;
static HANDLE ivy_handle;

static const NPIID ivy_npi_id = { 0x3e132bcb, 0xb31b, 0x4d2d, { 0x18, 0x67, 0x50, 0x62, 0x9a, 0xf1, 0x7f, 0x3a } };
static const NPI_MODULEID ivy_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x04b12b2b, 0x6929, 0x4e29, { 0x50, 0x8e, 0x82, 0xf1, 0x64, 0xc9, 0x5b, 0x3c } } }
};

static void ivy_save(ULONG leaves);
#pragma alloc_text(PAGE, ivy_save)

static void
ivy_save(ULONG leaves)
{
    RtlWriteRegistryValue(RTL_REGISTRY_SERVICES, L"ivy", L"Leaves", REG_DWORD, &leaves, sizeof(leaves));
}

static NTSTATUS NTAPI
ivy_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    NTSTATUS status;

    (void)context;
    (void)instance;
    if (InterlockedExchange(&ivy_binding.used, 1) != 0)
        return STATUS_NOINTERFACE;
    ivy_binding.leaves = 0;
    status = NmrClientAttachProvider(nmr_handle, &ivy_binding, NULL, &ivy_binding.provider_context, &ivy_binding.provider);
    if (!NT_SUCCESS(status)) {
        ivy_save(0);
        InterlockedExchange(&ivy_binding.used, 0);
    }
    return status;
}

static NTSTATUS NTAPI
ivy_detach(PVOID context)
{
    ivy_binding_t *binding = context;

    if (binding->leaves != 0)
        ivy_save(binding->leaves); // EXPECT: irql-paged-code
    return STATUS_SUCCESS;
}

static VOID NTAPI
ivy_cleanup(PVOID context)
{
    InterlockedExchange(&((ivy_binding_t *)context)->used, 0);
}

static const NPI_CLIENT_CHARACTERISTICS ivy_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = ivy_attach,
    .ClientDetachProvider = ivy_detach,
    .ClientCleanupBindingContext = ivy_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &ivy_npi_id,
        .ModuleId = &ivy_module_id,
    },
};

static VOID NTAPI
ivy_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(ivy_handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(ivy_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = ivy_unload;
    return NmrRegisterClient(&ivy_characteristics, NULL, &ivy_handle);
}
