/* Entry and unload. */
#include "chars.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MintUnload;

static HANDLE MintHandle;

VOID NTAPI MintUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(MintHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(MintHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    MintDescribe();
    DriverObject->DriverUnload = MintUnload;
    return NmrRegisterProvider(&MintProvider, NULL, &MintHandle); // EXPECT: nmr-bad-characteristics
}
