/* godwit: an NDIS reader-writer lock, written table, one case without a release. */
#include <ndis.h>

#define GODWIT_MAX 16

typedef struct _GODWIT {
    PNDIS_RW_LOCK_EX Lock;
    ULONG Count;
    ULONG Port[GODWIT_MAX];
} GODWIT, *PGODWIT;

enum { GodwitAdd, GodwitRemove, GodwitClear };

NDIS_STATUS
GodwitChange(PGODWIT G, ULONG Action, ULONG Port)
{
    NDIS_STATUS status = NDIS_STATUS_SUCCESS;
    LOCK_STATE_EX state;
    ULONG i;

    NdisAcquireRWLockWrite(G->Lock, &state, 0);
    switch (Action) {
    case GodwitAdd:
        if (G->Count == GODWIT_MAX) {
            status = NDIS_STATUS_RESOURCES;
            break;
        }
        G->Port[G->Count++] = Port;
        break;
    case GodwitRemove:
        for (i = 0; i < G->Count; i++) {
            if (G->Port[i] == Port) {
                G->Port[i] = G->Port[--G->Count];
                break;
            }
        }
        break;
    case GodwitClear:
        G->Count = 0;
        break;
    default:
        return NDIS_STATUS_NOT_SUPPORTED; // EXPECT: irql-not-restored
    }
    NdisReleaseRWLock(G->Lock, &state);
    return status;
}
