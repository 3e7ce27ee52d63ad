/*
 * Good: the characteristics are filled by a function of a library, which is not among the files.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DillUnload;

/* Fills the characteristics and returns the context that its callbacks expect. */
PVOID NpiKitDescribeClient(NPI_CLIENT_CHARACTERISTICS *Characteristics, ULONG Version);

static HANDLE DillHandle;
static NPI_CLIENT_CHARACTERISTICS DillClient;

VOID NTAPI DillUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(DillHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(DillHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PVOID Context;

    UNREFERENCED_PARAMETER(RegistryPath);
    Context = NpiKitDescribeClient(&DillClient, 2);
    DriverObject->DriverUnload = DillUnload;
    return NmrRegisterClient(&DillClient, Context, &DillHandle);
}
