/* arete: a flag says that the caller is at DISPATCH_LEVEL; a lock that needs that level was taken, and is released to it. */
#include <ndis.h>

typedef struct arete_adapter {
    KSPIN_LOCK send_lock;
    LIST_ENTRY waiting;
    ULONG sent;
} arete_adapter_t;

static VOID
arete_transmit(arete_adapter_t *adapter, BOOLEAN at_dispatch)
{
    KIRQL irql = DISPATCH_LEVEL;

    if (!at_dispatch)
        KeRaiseIrql(DISPATCH_LEVEL, &irql);
    if (KeTryToAcquireSpinLockAtDpcLevel(&adapter->send_lock)) {
        adapter->sent++;
        KeReleaseSpinLock(&adapter->send_lock, DISPATCH_LEVEL);
    }
    if (!at_dispatch)
        KeLowerIrql(irql);
}

static MINIPORT_SEND_NET_BUFFER_LISTS arete_send;

static VOID
arete_send(NDIS_HANDLE context, PNET_BUFFER_LIST lists, NDIS_PORT_NUMBER port, ULONG flags)
{
    arete_adapter_t *adapter = context;
    BOOLEAN at_dispatch = (flags & NDIS_SEND_FLAGS_DISPATCH_LEVEL) ? TRUE : FALSE;

    UNREFERENCED_PARAMETER(lists);
    UNREFERENCED_PARAMETER(port);
    arete_transmit(adapter, at_dispatch);
}

static NDIS_HANDLE arete_driver;

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS characteristics = { 0 };

    characteristics.SendNetBufferListsHandler = arete_send;
    return NdisMRegisterMiniportDriver(driver, path, NULL, &characteristics, &arete_driver);
}
