/* One file of a library. Defect: delete calls end, which has no memory, after having done the same itself. */
#include <ntddk.h>
#include <netioddk.h>

#define SITAR_TAG 'atiS'

typedef struct _SITAR { HANDLE Handle; } SITAR, *PSITAR;

VOID SitarEnd(PSITAR Sitar)
{
    NTSTATUS Status = NmrDeregisterProvider(Sitar->Handle); // EXPECT: nmr-double-deregister

    if (Status == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Sitar->Handle);
    }
}

VOID SitarDelete(PSITAR Sitar)
{
    if (NmrDeregisterProvider(Sitar->Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Sitar->Handle);
    }
    SitarEnd(Sitar);
    ExFreePoolWithTag(Sitar, SITAR_TAG);
}
