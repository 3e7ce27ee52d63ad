/* cirque: a callback that may run at DISPATCH_LEVEL does the slow work at once where it is called below it. */
#include <ndis.h>

typedef struct cirque_adapter {
    NDIS_HANDLE handle, shared;
} cirque_adapter_t;

static NDIS_IO_WORKITEM_FUNCTION cirque_free_later;
static MINIPORT_RETURN_NET_BUFFER_LISTS cirque_return;

static VOID
cirque_free_later(PVOID context, NDIS_HANDLE work_item)
{
    cirque_adapter_t *adapter = context;

    NdisFreeSharedMemory(adapter->handle, adapter->shared);
    NdisFreeIoWorkItem(work_item);
}

static VOID
cirque_return(NDIS_HANDLE context, PNET_BUFFER_LIST lists, ULONG flags)
{
    cirque_adapter_t *adapter = context;

    UNREFERENCED_PARAMETER(lists);
    UNREFERENCED_PARAMETER(flags);
    if (NDIS_CURRENT_IRQL() < DISPATCH_LEVEL) {
        NdisFreeSharedMemory(adapter->handle, adapter->shared);
    } else {
        NDIS_HANDLE item = NdisAllocateIoWorkItem(adapter->handle);

        if (item != NULL)
            NdisQueueIoWorkItem(item, cirque_free_later, adapter);
    }
}

static NDIS_HANDLE cirque_driver;

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NDIS_MINIPORT_DRIVER_CHARACTERISTICS characteristics = { 0 };

    characteristics.ReturnNetBufferListsHandler = cirque_return;
    return NdisMRegisterMiniportDriver(driver, path, NULL, &characteristics, &cirque_driver);
}
