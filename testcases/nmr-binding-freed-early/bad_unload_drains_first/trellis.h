#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct trellis { LIST_ENTRY link; void *provider; const void *dispatch; BOOLEAN dead; } trellis_t;

trellis_t *trellis_new(void);
void trellis_free(trellis_t *trellis);
void trellis_lists_init(void);
void trellis_park(trellis_t *trellis);
void trellis_drain(void);

NTSTATUS trellis_join(void);
void trellis_leave(void);
