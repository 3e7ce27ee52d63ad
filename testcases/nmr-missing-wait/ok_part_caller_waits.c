/* One file of a library. Good: who calls the second function is not visible. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _BEAVER {
    HANDLE Handle;
    volatile LONG Pending;
} BEAVER, *PBEAVER;

NTSTATUS BeaverBegin(PBEAVER Beaver, const NPI_PROVIDER_CHARACTERISTICS *Chars, PVOID Context)
{
    Beaver->Pending = FALSE;
    return NmrRegisterProvider(Chars, Context, &Beaver->Handle);
}

VOID BeaverStop(PBEAVER Beaver)
{
    if (NmrDeregisterProvider(Beaver->Handle) == STATUS_PENDING) {
        Beaver->Pending = TRUE;
    }
}

VOID BeaverDrain(PBEAVER Beaver)
{
    if (Beaver->Pending) {
        NmrWaitForProviderDeregisterComplete(Beaver->Handle);
        Beaver->Pending = FALSE;
    }
}
