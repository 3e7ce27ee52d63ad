#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* A handle wrapped so that it can't be mixed up with others. */
typedef struct { HANDLE value; } client_handle_t;

static inline HANDLE client_handle_get(client_handle_t h)
{
    NT_ASSERT(h.value != NULL);
    return h.value;
}

static __forceinline BOOLEAN client_handle_valid(client_handle_t h)
{
    return h.value != NULL;
}

static inline client_handle_t client_handle_none(void)
{
    client_handle_t none = { NULL };
    return none;
}

#define HANDLE_OF(h) (client_handle_get(h))

NTSTATUS client_open(client_handle_t *handle);
void client_close(client_handle_t *handle);
