#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct islet_offer { HANDLE nmr_handle; ULONG number; NTSTATUS result; } islet_offer_t;
typedef struct islet { volatile LONG used; void *provider; const void *dispatch; } islet_t;

/* Strategies; one of them is chosen by configuration. */
typedef void islet_strategy_fn(islet_offer_t *offer);
islet_strategy_fn islet_take_first, islet_take_even;
