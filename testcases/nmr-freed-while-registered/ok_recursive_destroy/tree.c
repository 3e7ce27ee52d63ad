/*
 * Good: the recursive destroy function ends a node's registration before it frees the node.
 * (Twin: bad_recursive_destroy)
 */
#include "tree.h"

#define NODE_TAG 'edoN'

static const ULONG node_dispatch = 1;
static const NPIID node_npi = { 0x88f255f8, 0x7a9f, 0x40c0, { 0x8d, 0xb2, 0x65, 0x11, 0x97, 0x32, 0x69, 0xc7 } };
static const NPI_MODULEID node_module = { .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID, .Guid = { 0xf171fef9, 0x3a1a, 0x41dc, { 0x8d, 0x66, 0x53, 0xc7, 0x09, 0x27, 0xe8, 0x13 } } };

static NTSTATUS NTAPI node_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                         const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    struct node *node = provider_context;

    (void)binding; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&node->clients);
    *binding_context = node;
    *dispatch = &node_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI node_detach_client(PVOID binding_context)
{
    InterlockedDecrement(&((struct node *)binding_context)->clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS node_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = node_attach_client,
    .ProviderDetachClient = node_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &node_npi, .ModuleId = &node_module },
};

NTSTATUS node_add(struct node **head)
{
    struct node *node = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*node), NODE_TAG);
    NTSTATUS status;

    if (node == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    status = NmrRegisterProvider(&node_provider, node, &node->handle);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(node, NODE_TAG);
        return status;
    }
    node->next = *head;
    *head = node;
    return STATUS_SUCCESS;
}

void node_destroy(struct node *node)
{
    HANDLE handle;

    if (node == NULL)
        return;
    node_destroy(node->next);
    handle = node->handle;
    if (NmrDeregisterProvider(handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(handle);
    ExFreePoolWithTag(node, NODE_TAG);
}
