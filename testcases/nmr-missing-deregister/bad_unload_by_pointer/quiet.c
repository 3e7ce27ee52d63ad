/* The personality that does nothing. */
#include "personality.h"

DRIVER_UNLOAD quiet_unload;

static NTSTATUS quiet_enter(void)
{
    return STATUS_SUCCESS;
}

VOID NTAPI quiet_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
}

const struct personality personality_quiet = { quiet_enter, quiet_unload };
