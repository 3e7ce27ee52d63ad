#include "lathe.h"

static lathe_t lathes[LATHE_MAX];

static lathe_t *
lathe_lookup(ULONG number)
{
    int i;

    for (i = 0; i < LATHE_MAX; i++) {
        if (lathes[i].used && lathes[i].number == number)
            return &lathes[i];
    }
    return NULL;
}

NTSTATUS
lathe_bind(HANDLE nmr_handle, ULONG number)
{
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
    int i;

    if (lathe_lookup(number) != NULL)
        return STATUS_NOINTERFACE;

    for (i = 0; i < LATHE_MAX; i++) {
        if (InterlockedExchange(&lathes[i].used, 1) == 0) {
            lathes[i].number = number;
            status = NmrClientAttachProvider(nmr_handle, &lathes[i], NULL, &lathes[i].provider, &lathes[i].dispatch);
            if (!NT_SUCCESS(status))
                lathe_unbind(&lathes[i]);
            break;
        }
    }
    return status;
}

void
lathe_unbind(lathe_t *lathe)
{
    InterlockedExchange(&lathe->used, 0);
}
