#include "shared.h"

void shared_wait(HANDLE registration)
{
    NmrWaitForClientDeregisterComplete(registration);
}
