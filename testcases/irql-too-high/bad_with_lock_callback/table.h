#pragma once
#include <ntddk.h>

typedef struct _TABLE_ROW { ULONG Key; HANDLE File; } TABLE_ROW, *PTABLE_ROW;

typedef VOID TABLE_VISIT(PTABLE_ROW Row, PVOID Context);

/* Calls Visit for each row, with the table's lock held. */
VOID TableForEach(TABLE_VISIT *Visit, PVOID Context);
BOOLEAN TableTake(PTABLE_ROW Row);
