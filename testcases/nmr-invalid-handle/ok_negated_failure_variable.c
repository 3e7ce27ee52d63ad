/* Good: the failure is kept in a boolean with the other sense. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD JasperUnload;

static const NPIID JasperNpiId = { 0xdc0cc254, 0xde9d, 0x4367, { 0x61, 0x1c, 0xba, 0x6e, 0xa8, 0x8f, 0x62, 0x9d } };
static const NPI_MODULEID JasperModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x8d74c05a, 0x09da, 0x45ba, { 0xeb, 0x17, 0x59, 0x28, 0x25, 0x86, 0x27, 0x2d } } } };
static const ULONG JasperDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } JasperPeer;

static NTSTATUS NTAPI JasperAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &JasperPeer, &JasperDispatch, &JasperPeer.Context, &JasperPeer.Dispatch);
}

static NTSTATUS NTAPI JasperDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    JasperPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS JasperClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), JasperAttach, JasperDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &JasperNpiId, &JasperModuleId, 0, NULL }
};

static HANDLE JasperHandle;
static BOOLEAN JasperDegraded = TRUE;

VOID NTAPI JasperUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (JasperDegraded) {
        DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_INFO_LEVEL, "jasper: ran without its client\n");
    } else if (NmrDeregisterClient(JasperHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(JasperHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status = NmrRegisterClient(&JasperClient, NULL, &JasperHandle);

    UNREFERENCED_PARAMETER(RegistryPath);
    JasperDegraded = !NT_SUCCESS(Status);
    DriverObject->DriverUnload = JasperUnload;
    return STATUS_SUCCESS;
}
