/* Starts the end of a registration of either kind. */
#include "close.h"

void npi_close(enum npi_kind kind, HANDLE handle)
{
    NTSTATUS status;

    if (kind == NPI_CLIENT_KIND)
        status = NmrDeregisterClient(handle);
    else
        status = NmrDeregisterProvider(handle);
    NT_ASSERT(status == STATUS_PENDING);
    UNREFERENCED_PARAMETER(status);
}
