/*
 * Good: port_destroy ends the registration before it frees the characteristics, an allocation of their own.
 * (Twin: bad_destroy_order)
 */
#include "port.h"

#define PORT_TAG 'trPA'

static const NPIID noddy_npi = { 0xffb47312, 0x413e, 0x4d24, { 0x86, 0xc3, 0x5e, 0x63, 0xf1, 0x90, 0x4b, 0x8c } };
static const NPI_MODULEID noddy_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x21c21465, 0x502f, 0x4ee8, { 0x85, 0x05, 0x67, 0xcd, 0xd9, 0x4f, 0x93, 0x5b } },
};
static const ULONG noddy_dispatch[2] = { 3, 0 };
static volatile LONG noddy_clients;

static NTSTATUS NTAPI noddy_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&noddy_clients);
    *binding_context = (PVOID)&noddy_clients;
    *dispatch = noddy_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI noddy_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

port_t *port_create(ULONG number)
{
    port_t *port = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*port), PORT_TAG);

    if (port == NULL)
        return NULL;
    port->number = number;
    port->chars = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*port->chars), PORT_TAG);
    if (port->chars == NULL)
        goto free_port;

    RtlZeroMemory(port->chars, sizeof(*port->chars));
    port->chars->Length = sizeof(*port->chars);
    port->chars->ProviderAttachClient = noddy_attach_client;
    port->chars->ProviderDetachClient = noddy_detach_client;
    port->chars->ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    port->chars->ProviderRegistrationInstance.NpiId = &noddy_npi;
    port->chars->ProviderRegistrationInstance.ModuleId = &noddy_module;
    port->chars->ProviderRegistrationInstance.Number = number;

    if (!NT_SUCCESS(NmrRegisterProvider(port->chars, NULL, &port->handle)))
        goto free_chars;
    return port;

free_chars:
    ExFreePoolWithTag(port->chars, PORT_TAG);
free_port:
    ExFreePoolWithTag(port, PORT_TAG);
    return NULL;
}

void port_destroy(port_t *port)
{
    if (NmrDeregisterProvider(port->handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(port->handle);
    ExFreePoolWithTag(port->chars, PORT_TAG);
    ExFreePoolWithTag(port, PORT_TAG);
}
