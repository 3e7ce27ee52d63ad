/* One file of a driver. Good: who fills the structure, and with what, can't be seen. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _NPI_HOST {
    NPI_PROVIDER_CHARACTERISTICS Chars;
    HANDLE Handle;
} NPI_HOST, *PNPI_HOST;

VOID HostFillCallbacks(NPI_PROVIDER_CHARACTERISTICS *Chars);

NTSTATUS HostStart(PNPI_HOST Host)
{
    RtlZeroMemory(&Host->Chars, sizeof(Host->Chars));
    Host->Chars.Length = sizeof(Host->Chars);
    HostFillCallbacks(&Host->Chars);
    return NmrRegisterProvider(&Host->Chars, Host, &Host->Handle);
}

VOID HostStop(PNPI_HOST Host)
{
    if (NmrDeregisterProvider(Host->Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Host->Handle);
    }
}
