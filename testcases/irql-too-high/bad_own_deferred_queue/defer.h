#pragma once
#include <ntddk.h>

/* Jobs are run later, by the DPC. */
typedef void defer_fn(void *context);

void defer_start(void);
void defer_stop(void);
void defer_add(defer_fn *fn, void *context);
