/* Entry: chooses a personality, and lets it set the unload routine. */
#include "personality.h"

DRIVER_INITIALIZE DriverEntry;

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    const struct personality *p = (path->Length > 90) ? &personality_quiet : &personality_full;

    driver->DriverUnload = p->unload;
    return p->enter();
}
