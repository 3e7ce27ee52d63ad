/* Fills a client's characteristics from its parameters and registers it. */
#include "client.h"

NTSTATUS client_begin(struct client *client, const NPIID *npi, const NPI_MODULEID *module, PNPI_CLIENT_ATTACH_PROVIDER_FN attach,
                      PNPI_CLIENT_DETACH_PROVIDER_FN detach)
{
    NPI_CLIENT_CHARACTERISTICS *c = &client->chars;

    c->Length = sizeof(*c);
    c->ClientAttachProvider = attach;
    c->ClientDetachProvider = detach;
    c->ClientRegistrationInstance.Size = sizeof(c->ClientRegistrationInstance);
    c->ClientRegistrationInstance.NpiId = (NPIID *)npi;
    c->ClientRegistrationInstance.ModuleId = (NPI_MODULEID *)module;
    return NmrRegisterClient(c, NULL, &client->handle);
}

void client_end(struct client *client)
{
    if (NmrDeregisterClient(client->handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(client->handle);
}
