// Data only, some of it unknown: there is no code to lose.
#include <ntddk.h>
#include "missing.h"
ULONG Table[2] = { 1, NOT_DECLARED };
UNKNOWN_TABLE Other[] = { { 1, 2, { 3 } } };
