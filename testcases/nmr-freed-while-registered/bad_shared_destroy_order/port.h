#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct port {
    LIST_ENTRY link;
    NPI_MODULEID module_id;
    NPI_PROVIDER_CHARACTERISTICS chars;
    HANDLE nmr;
    volatile LONG clients;
} port_t;

NTSTATUS port_create(ULONG number, port_t **result);
void port_end(port_t *port);
void port_free(port_t *port);
