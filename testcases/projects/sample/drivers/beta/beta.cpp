// A driver in C++ with one defect: a registration that its unload routine leaves behind.
#include <shared.h>

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" DRIVER_UNLOAD beta_unload;

namespace {
HANDLE beta_registration;
}

extern "C" void NTAPI beta_unload(PDRIVER_OBJECT)
{
    NmrDeregisterClient(beta_registration); // the defect: nothing waits
}

extern "C" NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING)
{
    driver->DriverUnload = beta_unload;
    return shared_start(&beta_registration);
}
