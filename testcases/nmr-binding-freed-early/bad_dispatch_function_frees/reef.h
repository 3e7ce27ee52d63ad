#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct reef_client_dispatch {
    USHORT version;
    void (*event)(void *binding, ULONG event);
    void (*closed)(void *binding);      /* the provider has no more use for the client */
} reef_client_dispatch_t;

typedef struct reef { volatile LONG events; volatile LONG closed; void *provider; const void *dispatch; } reef_t;

reef_t *reef_create(void);
void reef_destroy(reef_t *reef);
extern const reef_client_dispatch_t reef_client_dispatch;
