#include "store.h"

PSTORE_ITEM
StoreFindLocked(PSTORE Store, ULONG Key)
{
    PLIST_ENTRY entry;

    for (entry = Store->Items.Flink; entry != &Store->Items; entry = entry->Flink) {
        PSTORE_ITEM item = CONTAINING_RECORD(entry, STORE_ITEM, Link);

        if (item->Key == Key) {
            return item;
        }
    }
    return NULL;
}

VOID
StoreUnlinkLocked(PSTORE Store, PSTORE_ITEM Item)
{
    RemoveEntryList(&Item->Link);
    Store->Count--;
}

BOOLEAN
StoreRemove(PSTORE Store, ULONG Key)
{
    PSTORE_ITEM item;
    KIRQL irql;

    KeAcquireSpinLock(&Store->Lock, &irql);
    item = StoreFindLocked(Store, Key);
    if (item != NULL) {
        StoreUnlinkLocked(Store, item);
    }
    KeReleaseSpinLock(&Store->Lock, irql);
    if (item != NULL) {
        ExFreePoolWithTag(item, 'rotS');
    }
    return item != NULL;
}

NTSTATUS
StoreInsert(PSTORE Store, ULONG Key)
{
    PSTORE_ITEM item = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*item), 'rotS');
    NTSTATUS status = STATUS_SUCCESS;
    KIRQL irql;

    if (item == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    item->Key = Key;
    KeAcquireSpinLock(&Store->Lock, &irql);
    if (StoreFindLocked(Store, Key) != NULL) {
        status = STATUS_DUPLICATE_OBJECTID;
    } else {
        InsertTailList(&Store->Items, &item->Link);
        Store->Count++;
    }
    KeReleaseSpinLock(&Store->Lock, irql);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(item, 'rotS');
    }
    return status;
}
