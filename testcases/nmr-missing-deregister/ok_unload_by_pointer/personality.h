#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* What the driver is, chosen at entry. */
struct personality {
    NTSTATUS (*enter)(void);
    PDRIVER_UNLOAD unload;
};

extern const struct personality personality_full;
extern const struct personality personality_quiet;
