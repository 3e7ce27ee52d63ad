#include "shoal.h"

/* Called by WSK at up to DISPATCH_LEVEL. */
static NTSTATUS WSKAPI
shoal_event(PVOID context, ULONG event, PVOID information, SIZE_T length)
{
    (void)context;
    (void)information;
    (void)length;
    if (event != 0)
        shoal_drop_spare();
    return STATUS_SUCCESS;
}

static const WSK_CLIENT_DISPATCH shoal_main_dispatch = { MAKE_WSK_VERSION(1, 0), 0, shoal_event };
static const WSK_CLIENT_DISPATCH shoal_spare_dispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };

NTSTATUS
shoal_start(void)
{
    WSK_CLIENT_NPI main_npi = { NULL, &shoal_main_dispatch };
    WSK_CLIENT_NPI spare_npi = { NULL, &shoal_spare_dispatch };
    NTSTATUS status;

    KeInitializeEvent(&shoal.drop_spare, NotificationEvent, FALSE);
    status = WskRegister(&spare_npi, &shoal.spare);
    if (!NT_SUCCESS(status))
        return status;
    shoal.spare_up = TRUE;
    status = WskRegister(&main_npi, &shoal.main);
    if (!NT_SUCCESS(status))
        shoal_drop_spare();
    return status;
}
