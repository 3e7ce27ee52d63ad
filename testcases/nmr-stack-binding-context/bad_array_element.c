/* wren: one of several prepared bindings is chosen by the provider's number. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct wren_binding { const char *name; ULONG weight; volatile LONG taken; void *provider; const void *dispatch; } wren_binding_t;

static HANDLE wren_handle;

static const NPIID wren_npi_id = { 0xfceffe67, 0x6b5c, 0x4d82, { 0xc3, 0x85, 0x48, 0xcb, 0x01, 0x06, 0x3b, 0x8a } };
static const NPI_MODULEID wren_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x45363ba8, 0xc769, 0x4724, { 0xb7, 0x4c, 0x08, 0xa3, 0xd6, 0x54, 0x6f, 0x0b } } }
};

static wren_binding_t *
wren_choose(wren_binding_t *bindings, ULONG count, ULONG number)
{
    ULONG i;

    for (i = 0; i < count; i++) {
        if (bindings[i].weight > number && InterlockedExchange(&bindings[i].taken, 1) == 0)
            return bindings + i;
    }
    return NULL;
}

static NTSTATUS NTAPI
wren_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    wren_binding_t bindings[] = {
        { "small", 2 }, { "middle", 8 }, { "large", 32 },
    };
    wren_binding_t *binding = wren_choose(bindings, ARRAYSIZE(bindings), instance->Number);
    NTSTATUS status;

    (void)context;
    if (binding == NULL)
        return STATUS_NOINTERFACE;
    status = NmrClientAttachProvider(nmr_handle, binding, NULL, &binding->provider, &binding->dispatch); // EXPECT: nmr-stack-binding-context
    if (!NT_SUCCESS(status))
        InterlockedExchange(&binding->taken, 0);
    return status;
}

static NTSTATUS NTAPI
wren_detach(PVOID context)
{
    ((wren_binding_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
wren_cleanup(PVOID context)
{
    InterlockedExchange(&((wren_binding_t *)context)->taken, 0);
}

static const NPI_CLIENT_CHARACTERISTICS wren_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = wren_attach,
    .ClientDetachProvider = wren_detach,
    .ClientCleanupBindingContext = wren_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &wren_npi_id,
        .ModuleId = &wren_module_id,
    },
};

static VOID NTAPI
wren_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(wren_handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(wren_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = wren_unload;
    return NmrRegisterClient(&wren_characteristics, NULL, &wren_handle);
}
