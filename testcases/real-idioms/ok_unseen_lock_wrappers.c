/* esker: lock wrappers of another library: the acquire is annotated as raising, the release only as needing DISPATCH_LEVEL. */
#include <ntddk.h>

typedef enum esker_lock { esker_tx_lock, esker_rx_lock } esker_lock_t;

VOID _IRQL_raises_(DISPATCH_LEVEL) EskerAcquire(PVOID adapter, esker_lock_t lock);
VOID _IRQL_requires_(DISPATCH_LEVEL) EskerRelease(PVOID adapter, esker_lock_t lock);

typedef struct esker_peer {
    BOOLEAN is_access_point;
    ULONG sent;
} esker_peer_t;

static VOID
esker_send(esker_peer_t *peer)
{
    EskerAcquire(peer, esker_tx_lock);
    if (peer->sent < 10)
        peer->sent++;
    EskerRelease(peer, esker_tx_lock);
}

VOID
EskerTimeout(esker_peer_t *peer)
{
    LARGE_INTEGER interval;

    if (peer->is_access_point)
        return;
    esker_send(peer);
    interval.QuadPart = -10000;
    KeDelayExecutionThread(KernelMode, FALSE, &interval);
}

static esker_peer_t esker_peer;

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(driver);
    UNREFERENCED_PARAMETER(path);
    EskerTimeout(&esker_peer);
    return STATUS_SUCCESS;
}
