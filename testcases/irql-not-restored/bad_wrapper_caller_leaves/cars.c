#include "yard.h"

NTSTATUS
yard_add(yard_t *yard, ULONG number)
{
    car_t *car = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*car), 'draY');
    NTSTATUS status = STATUS_SUCCESS;

    if (car == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    car->number = number;
    yard_lock(yard);
    if (yard->count < 100) {
        InsertTailList(&yard->cars, &car->link);
        yard->count++;
        car = NULL;
    } else {
        status = STATUS_QUOTA_EXCEEDED;
    }
    yard_unlock(yard);
    if (car != NULL)
        ExFreePoolWithTag(car, 'draY');
    return status;
}

BOOLEAN
yard_take(yard_t *yard, ULONG number)
{
    PLIST_ENTRY entry;
    car_t *car = NULL;

    yard_lock(yard);
    if (IsListEmpty(&yard->cars))
        return FALSE; // EXPECT: irql-not-restored
    for (entry = yard->cars.Flink; entry != &yard->cars; entry = entry->Flink) {
        car = CONTAINING_RECORD(entry, car_t, link);
        if (car->number == number) {
            RemoveEntryList(&car->link);
            yard->count--;
            yard_unlock(yard);
            ExFreePoolWithTag(car, 'draY');
            return TRUE;
        }
    }
    yard_unlock(yard);
    return FALSE;
}
