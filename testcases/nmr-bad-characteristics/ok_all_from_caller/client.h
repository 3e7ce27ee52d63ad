#pragma once
#include <ntddk.h>
#include <netioddk.h>

struct client {
    NPI_CLIENT_CHARACTERISTICS chars;
    HANDLE handle;
};

NTSTATUS client_begin(struct client *client, const NPIID *npi, const NPI_MODULEID *module, PNPI_CLIENT_ATTACH_PROVIDER_FN attach,
                      PNPI_CLIENT_DETACH_PROVIDER_FN detach);
void client_end(struct client *client);
