/* Ports: one provider each. */
#include "port.h"

#define PORT_TAG 'tRoP'

static const NPIID port_npi = { 0x61a20001, 0x7b7b, 0x4a7b, { 0x8a, 0x7b, 1, 2, 3, 4, 5, 6 } };
static const ULONG port_dispatch = 1;

static NTSTATUS NTAPI port_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                  const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&((port_t *)context)->clients);
    *binding_context = context;
    *dispatch = &port_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI port_detach(PVOID binding_context)
{
    InterlockedDecrement(&((port_t *)binding_context)->clients);
    return STATUS_SUCCESS;
}

NTSTATUS port_create(ULONG number, port_t **result)
{
    port_t *port = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*port), PORT_TAG);
    NTSTATUS status;

    if (port == NULL)
        return STATUS_NO_MEMORY;
    port->module_id.Length = sizeof(port->module_id);
    port->module_id.Type = MIT_IF_LUID;
    port->module_id.IfLuid.LowPart = number;
    port->chars.Length = sizeof(port->chars);
    port->chars.ProviderAttachClient = port_attach;
    port->chars.ProviderDetachClient = port_detach;
    port->chars.ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    port->chars.ProviderRegistrationInstance.NpiId = &port_npi;
    port->chars.ProviderRegistrationInstance.ModuleId = &port->module_id;
    status = NmrRegisterProvider(&port->chars, port, &port->nmr);
    if (!NT_SUCCESS(status)) {
        port_free(port);
        return status;
    }
    *result = port;
    return STATUS_SUCCESS;
}

void port_end(port_t *port)
{
    if (NmrDeregisterProvider(port->nmr) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(port->nmr);
}

void port_free(port_t *port)
{
    ExFreePoolWithTag(port, PORT_TAG);
}
