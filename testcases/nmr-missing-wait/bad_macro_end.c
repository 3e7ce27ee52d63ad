/*
 * Defect: the driver's macro for the end of a client has the deregister call in it, and not the wait.
 * (Twin: ok_macro_end.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD HoopoeUnload;

#define HOOPOE_END_CLIENT(Handle) \
    do { \
        if ((Handle) != NULL) { \
            NmrDeregisterClient(Handle); \
            (Handle) = NULL; \
        } \
    } while (0)

static HANDLE HoopoeHandle;
static const NPIID HoopoeNpiId = { 0x295d7488, 0xf72b, 0x410e, { 0x86, 0xa9, 0x96, 0x27, 0xeb, 0xd1, 0x74, 0xb5 } };
static const NPI_MODULEID HoopoeModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x19f1844e, 0xe2ea, 0x4d00, { 0x85, 0x1b, 0x96, 0x77, 0x4b, 0x74, 0x68, 0xb0 } } }
};
static const ULONG HoopoeDispatch = 2;
static struct { PVOID Context; const VOID *Dispatch; } HoopoePeer;

static NTSTATUS NTAPI HoopoeAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &HoopoePeer, &HoopoeDispatch, &HoopoePeer.Context, &HoopoePeer.Dispatch);
}

static NTSTATUS NTAPI HoopoeDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    HoopoePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS HoopoeClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), HoopoeAttach, HoopoeDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &HoopoeNpiId, &HoopoeModuleId, 0, NULL }
};

VOID NTAPI HoopoeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    HOOPOE_END_CLIENT(HoopoeHandle); // EXPECT: nmr-missing-wait
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&HoopoeClient, NULL, &HoopoeHandle);
    if (!NT_SUCCESS(Status)) {
        HoopoeHandle = NULL;
        return Status;
    }
    DriverObject->DriverUnload = HoopoeUnload;
    return STATUS_SUCCESS;
}
