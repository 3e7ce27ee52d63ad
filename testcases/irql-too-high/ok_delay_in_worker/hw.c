#include "contact.h"

static volatile ULONG ContactPort;

static VOID
ContactHwReset(PCONTACT Contact, BOOLEAN MayWait)
{
    LARGE_INTEGER settle;

    UNREFERENCED_PARAMETER(Contact);
    ContactPort = 1;
    if (MayWait) {
        settle.QuadPart = -10 * 1000 * 5;
        KeDelayExecutionThread(KernelMode, FALSE, &settle);
    } else {
        KeStallExecutionProcessor(20);
    }
    ContactPort = 0;
}

static ULONG
ContactHwPoll(PCONTACT Contact)
{
    UNREFERENCED_PARAMETER(Contact);
    return ContactPort;
}

const CONTACT_OPS ContactHardwareOps = { ContactHwReset, ContactHwPoll };
