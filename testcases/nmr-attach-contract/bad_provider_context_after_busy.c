/* vise: a second client gets success, but no binding context. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct vise { volatile LONG clients; } vise_t;

static vise_t vise;
static const ULONG vise_dispatch = 1;
static HANDLE vise_handle;

static const NPIID vise_npi_id = { 0xfc6c39e4, 0x3066, 0x42f4, { 0x30, 0x72, 0x6f, 0x60, 0x48, 0xfe, 0x8f, 0x5f } };
static const NPI_MODULEID vise_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x4b052fa3, 0x2a97, 0x4d8f, { 0x46, 0x04, 0xd5, 0x6d, 0x0d, 0xe4, 0x82, 0x31 } }
};

static NTSTATUS NTAPI
vise_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance, PVOID client_binding,
            const VOID *client_dispatch, PVOID *binding, const VOID **dispatch)
{
    vise_t *v = context;

    (void)nmr_handle;
    (void)instance;
    (void)client_binding;
    (void)client_dispatch;
    *dispatch = &vise_dispatch;
    if (InterlockedIncrement(&v->clients) == 1)
        *binding = v;
    return STATUS_SUCCESS; // EXPECT: nmr-attach-contract
}

static NTSTATUS NTAPI
vise_detach(PVOID binding)
{
    (void)binding;
    InterlockedDecrement(&vise.clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS vise_characteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = vise_attach,
    .ProviderDetachClient = vise_detach,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &vise_npi_id,
        .ModuleId = &vise_module_id,
    },
};

static VOID NTAPI
vise_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(vise_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(vise_handle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = vise_unload;
    return NmrRegisterProvider(&vise_characteristics, &vise, &vise_handle);
}
