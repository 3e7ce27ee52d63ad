/* The symbolic link. */
#include "component.h"

static UNICODE_STRING link_name = RTL_CONSTANT_STRING(L"\\DosDevices\\Turnstone");
static UNICODE_STRING link_target = RTL_CONSTANT_STRING(L"\\Device\\Turnstone");

NTSTATUS link_start(PDRIVER_OBJECT driver)
{
    (void)driver;
    return IoCreateSymbolicLink(&link_name, &link_target);
}

void link_stop(void)
{
    IoDeleteSymbolicLink(&link_name);
}
