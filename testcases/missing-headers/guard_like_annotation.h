#if !defined(_HARBOR_H_)
#define _HARBOUR_H_
#include <ntddk.h>
typedef struct _HARBOR { ULONG Depth; } HARBOR, *PHARBOR;
static ULONG HarborTide(VOID) { return 2; }
#endif
