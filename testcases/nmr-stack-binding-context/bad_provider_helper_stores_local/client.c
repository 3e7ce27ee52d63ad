#include "egret.h"

#define EGRET_TAG 'rgEN'

const USHORT egret_table[2] = { 1, 1 };

egret_client_t *
egret_new(ULONG credits)
{
    egret_client_t *client = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*client), EGRET_TAG);

    if (client != NULL) {
        RtlZeroMemory(client, sizeof(*client));
        client->credits = credits;
    }
    return client;
}

void
egret_delete(egret_client_t *client)
{
    ExFreePoolWithTag(client, EGRET_TAG);
}

void
egret_publish(const egret_out_t *out, egret_client_t *client)
{
    *out->context = client; // EXPECT: nmr-stack-binding-context
    *out->dispatch = egret_table;
}
