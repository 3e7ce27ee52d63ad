#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct port {
    HANDLE handle;
    NPI_PROVIDER_CHARACTERISTICS *chars; /* own allocation */
    ULONG number;
} port_t;

port_t *port_create(ULONG number);
void port_destroy(port_t *port);
