/* cairn: the provider's own object is its only binding's context; close completes the detach, and only then unregisters. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct cairn_provider {
    NPI_PROVIDER_CHARACTERISTICS characteristics;
    HANDLE nmr_handle;
    KSPIN_LOCK lock;
    HANDLE binding_handle;
    const void *client_dispatch;
} cairn_provider_t;

static const NPIID cairn_npi_id = { 0x1f2b8e05, 0x6d1c, 0x4c3f, { 0x9a, 0x01, 0x5e, 0x77, 0x20, 0x4b, 0xd3, 0x61 } };
static const NPI_MODULEID cairn_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xa07c3f42, 0x11e9, 0x4d0b, { 0x86, 0x5c, 0x02, 0x9f, 0x3b, 0xe4, 0x18, 0x70 } }
};

static cairn_provider_t *cairn_provider;

static NTSTATUS NTAPI
cairn_attach_client(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance, PVOID client, const VOID *dispatch,
                    PVOID *binding_context, const VOID **provider_dispatch)
{
    cairn_provider_t *provider = context;
    NTSTATUS status = STATUS_DEVICE_NOT_READY;
    KIRQL irql;

    UNREFERENCED_PARAMETER(instance);
    UNREFERENCED_PARAMETER(client);
    KeAcquireSpinLock(&provider->lock, &irql);
    if (provider->binding_handle == NULL) {
        provider->binding_handle = binding;
        provider->client_dispatch = dispatch;
        status = STATUS_SUCCESS;
    }
    KeReleaseSpinLock(&provider->lock, irql);
    if (NT_SUCCESS(status)) {
        *binding_context = provider;
        *provider_dispatch = NULL;
    }
    return status;
}

static NTSTATUS NTAPI
cairn_detach_client(PVOID binding_context)
{
    UNREFERENCED_PARAMETER(binding_context);
    return STATUS_PENDING;
}

static VOID
cairn_destroy(cairn_provider_t *provider)
{
    if (provider->nmr_handle != NULL) {
        NTSTATUS status = NmrDeregisterProvider(provider->nmr_handle);

        NT_ASSERT(status == STATUS_PENDING);
        UNREFERENCED_PARAMETER(status);
        NmrWaitForProviderDeregisterComplete(provider->nmr_handle);
    }
    ExFreePoolWithTag(provider, 'nriC');
}

static VOID NTAPI
cairn_unload(PDRIVER_OBJECT driver)
{
    UNREFERENCED_PARAMETER(driver);
    if (cairn_provider->binding_handle != NULL)
        NmrProviderDetachClientComplete(cairn_provider->binding_handle);
    cairn_destroy(cairn_provider);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    cairn_provider_t *provider;
    NPI_PROVIDER_CHARACTERISTICS *characteristics;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(path);
    provider = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*provider), 'nriC');
    if (provider == NULL)
        return STATUS_NO_MEMORY;
    KeInitializeSpinLock(&provider->lock);
    characteristics = &provider->characteristics;
    characteristics->Length = sizeof(*characteristics);
    characteristics->ProviderAttachClient = cairn_attach_client;
    characteristics->ProviderDetachClient = cairn_detach_client;
    characteristics->ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    characteristics->ProviderRegistrationInstance.NpiId = &cairn_npi_id;
    characteristics->ProviderRegistrationInstance.ModuleId = &cairn_module_id;
    driver->DriverUnload = cairn_unload;
    status = NmrRegisterProvider(characteristics, provider, &provider->nmr_handle);
    if (!NT_SUCCESS(status)) {
        cairn_destroy(provider);
        return status;
    }
    cairn_provider = provider;
    return STATUS_SUCCESS;
}
