/* curlew: the list's lock is dropped around each item's callback, and the walk starts again after it. */
#include <ntddk.h>

typedef struct _CURLEW_ITEM {
    LIST_ENTRY Link;
    BOOLEAN Busy;
    NTSTATUS (*Flush)(struct _CURLEW_ITEM *Item);
} CURLEW_ITEM, *PCURLEW_ITEM;

typedef struct _CURLEW {
    KSPIN_LOCK Lock;
    LIST_ENTRY Items;
    HANDLE File;
} CURLEW, *PCURLEW;

NTSTATUS
CurlewFlush(PCURLEW Curlew)
{
    IO_STATUS_BLOCK block;
    PLIST_ENTRY entry;
    KIRQL irql;
    NTSTATUS status = STATUS_SUCCESS;

    KeAcquireSpinLock(&Curlew->Lock, &irql);
Again:
    for (entry = Curlew->Items.Flink; entry != &Curlew->Items; entry = entry->Flink) {
        PCURLEW_ITEM item = CONTAINING_RECORD(entry, CURLEW_ITEM, Link);

        if (item->Busy) {
            continue;
        }
        item->Busy = TRUE;
        KeReleaseSpinLock(&Curlew->Lock, irql);
        status = item->Flush(item);
        if (!NT_SUCCESS(status)) {
            return status;
        }
        KeAcquireSpinLock(&Curlew->Lock, &irql);
        goto Again;
    }
    KeReleaseSpinLock(&Curlew->Lock, irql);
    return ZwFlushBuffersFile(Curlew->File, &block);
}
