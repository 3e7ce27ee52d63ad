/*
 * Defect: the identifiers, which the filler only points at, are a local of the registering function.
 * (Twin: ok_instance_filler)
 */
#include "instance.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static HANDLE AukHandle;
static NPI_CLIENT_CHARACTERISTICS AukClient;
static const ULONG AukDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } AukPeer;

static NTSTATUS NTAPI AukAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &AukPeer, &AukDispatch, &AukPeer.Context, &AukPeer.Dispatch);
}

static NTSTATUS NTAPI AukDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    AukPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static NTSTATUS AukStart(ULONG Number)
{
    INSTANCE_IDS AukIds;

    AukClient.Length = sizeof(AukClient);
    AukClient.ClientAttachProvider = AukAttach;
    AukClient.ClientDetachProvider = AukDetach;
    InstanceFill(&AukClient.ClientRegistrationInstance, &AukIds, Number);
    return NmrRegisterClient(&AukClient, NULL, &AukHandle); // EXPECT: nmr-stack-registration-data
}

VOID NTAPI DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(AukHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(AukHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = DriverUnload;
    return AukStart(4);
}
