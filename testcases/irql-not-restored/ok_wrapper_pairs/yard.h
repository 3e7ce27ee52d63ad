#pragma once
#include <ntddk.h>

typedef struct yard {
    KSPIN_LOCK lock;
    KIRQL irql;         /* of the holder */
    LIST_ENTRY cars;
    ULONG count;
} yard_t;

typedef struct car { LIST_ENTRY link; ULONG number; } car_t;

/* The lock of a yard: these two are the only ones that touch it. */
void yard_init(yard_t *yard);
void yard_lock(yard_t *yard);
void yard_unlock(yard_t *yard);

NTSTATUS yard_add(yard_t *yard, ULONG number);
BOOLEAN yard_take(yard_t *yard, ULONG number);
