/* No project names this file; its header is found by the end of its path. */
#include "INC/Shared.h"

static HANDLE loose_registration;

NTSTATUS loose_start(void)
{
    return shared_start(&loose_registration);
}
