/* crane: the table's lock is held while handles are taken out, never while the code waits. */
#include <ntddk.h>
#include <netioddk.h>

#define CRANE_COUNT 3

static EX_SPIN_LOCK CraneLock;
static HANDLE CraneHandles[CRANE_COUNT];
static ULONG CraneUsed;
static PVOID CranePeer;
static const VOID *CranePeerDispatch;

static const NPIID CraneNpiId = { 0x83712f7b, 0x2c64, 0x4efa, { 0xd0, 0xa7, 0x31, 0x88, 0xb3, 0x17, 0x12, 0x5b } };
static const NPI_MODULEID CraneModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x90df9400, 0x6685, 0x4347, { 0xf3, 0x7b, 0x43, 0xbc, 0x31, 0xac, 0x99, 0xed } } } };

static NTSTATUS NTAPI
CraneAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    if (ProviderInstance->Number != 1) {
        return STATUS_NOINTERFACE;
    }
    return NmrClientAttachProvider(NmrBindingHandle, &CranePeer, NULL, &CranePeer, &CranePeerDispatch);
}

static NTSTATUS NTAPI
CraneDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CraneCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CraneAttach, CraneDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CraneNpiId, &CraneModuleId, 0, NULL }
};

static HANDLE
CraneTake(VOID)
{
    HANDLE handle = NULL;
    KIRQL irql = ExAcquireSpinLockExclusive(&CraneLock);

    if (CraneUsed > 0) {
        handle = CraneHandles[--CraneUsed];
    }
    ExReleaseSpinLockExclusive(&CraneLock, irql);
    return handle;
}

static VOID
CraneStop(VOID)
{
    HANDLE handle;

    while ((handle = CraneTake()) != NULL) {
        if (NmrDeregisterClient(handle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(handle);
        }
    }
}

static VOID NTAPI
CraneUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    CraneStop();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    while (CraneUsed < CRANE_COUNT) {
        status = NmrRegisterClient(&CraneCharacteristics, NULL, &CraneHandles[CraneUsed]);
        if (!NT_SUCCESS(status)) {
            CraneStop();
            return status;
        }
        CraneUsed++;
    }
    DriverObject->DriverUnload = CraneUnload;
    return STATUS_SUCCESS;
}
