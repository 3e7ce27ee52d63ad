#include "table.h"

#define TABLE_ROWS 16

static KSPIN_LOCK TableLock;
static TABLE_ROW TableRows[TABLE_ROWS];

VOID
TableForEach(TABLE_VISIT *Visit, PVOID Context)
{
    KIRQL irql;
    ULONG i;

    KeAcquireSpinLock(&TableLock, &irql);
    for (i = 0; i < TABLE_ROWS; i++) {
        if (TableRows[i].Key != 0) {
            Visit(&TableRows[i], Context);
        }
    }
    KeReleaseSpinLock(&TableLock, irql);
}

BOOLEAN
TableTake(PTABLE_ROW Row)
{
    BOOLEAN taken = FALSE;
    KIRQL irql;
    ULONG i;

    KeAcquireSpinLock(&TableLock, &irql);
    for (i = 0; i < TABLE_ROWS && !taken; i++) {
        if (TableRows[i].Key != 0) {
            *Row = TableRows[i];
            TableRows[i].Key = 0;
            TableRows[i].File = NULL;
            taken = TRUE;
        }
    }
    KeReleaseSpinLock(&TableLock, irql);
    return taken;
}
