/*
 * Defect: the NPI-specific characteristics come from the driver's allocator and are given back to it while the
 * provider is registered.
 * (Twin: ok_mem_wrapper_free)
 */
#include "mem.h"
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

struct linnet_specific {
    ULONG version;
    ULONG features;
};

static struct {
    HANDLE handle;
    NPI_PROVIDER_CHARACTERISTICS chars;
    struct linnet_specific *specific;
} linnet;

static const NPIID linnet_npi_npi = { 0x02aeedf2, 0xe51c, 0x4646, { 0x8b, 0x2d, 0xcb, 0x50, 0x20, 0x24, 0x5b, 0xf7 } };
static const NPI_MODULEID linnet_npi_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x7ee2df9b, 0xdfa8, 0x4e8f, { 0x81, 0xb7, 0x49, 0x28, 0xee, 0x83, 0xdf, 0xed } },
};
static const ULONG linnet_npi_dispatch[2] = { 4, 0 };
static volatile LONG linnet_npi_clients;

static NTSTATUS NTAPI linnet_npi_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&linnet_npi_clients);
    *binding_context = (PVOID)&linnet_npi_clients;
    *dispatch = linnet_npi_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI linnet_npi_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static void linnet_end(void)
{
    NTSTATUS status = NmrDeregisterProvider(linnet.handle);

    if (status == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(linnet.handle);
}

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    mem_put(linnet.specific); // EXPECT: nmr-freed-while-registered
    linnet.specific = NULL;
    linnet_end();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    linnet.specific = mem_get(sizeof(*linnet.specific));
    if (linnet.specific == NULL)
        return STATUS_NO_MEMORY;
    linnet.specific->version = 2;

    linnet.chars.Length = sizeof(linnet.chars);
    linnet.chars.ProviderAttachClient = linnet_npi_attach_client;
    linnet.chars.ProviderDetachClient = linnet_npi_detach_client;
    linnet.chars.ProviderRegistrationInstance.Size = sizeof(linnet.chars.ProviderRegistrationInstance);
    linnet.chars.ProviderRegistrationInstance.NpiId = &linnet_npi_npi;
    linnet.chars.ProviderRegistrationInstance.ModuleId = &linnet_npi_module;
    linnet.chars.ProviderRegistrationInstance.NpiSpecificCharacteristics = linnet.specific;

    status = NmrRegisterProvider(&linnet.chars, NULL, &linnet.handle);
    if (!NT_SUCCESS(status)) {
        mem_put(linnet.specific);
        linnet.specific = NULL;
        return status;
    }
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
