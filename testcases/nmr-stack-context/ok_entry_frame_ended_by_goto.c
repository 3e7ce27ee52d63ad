/* Good: start-up registers with a context in the entry's frame only for a first look, and ends it on each way out. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ZirconUnload;

static const NPIID ZirconNpiId = { 0x16bfb775, 0xe1cc, 0x4096, { 0xbf, 0x72, 0xc2, 0x4f, 0x78, 0x25, 0x59, 0xe9 } };
static const NPI_MODULEID ZirconModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xc748cefc, 0xfdca, 0x44f3, { 0x25, 0xb8, 0xd2, 0xdf, 0x30, 0x83, 0x2e, 0x36 } } } };

typedef struct _ZIRCON_LOOK { LONG Found; } ZIRCON_LOOK, *PZIRCON_LOOK;

static LONG ZirconFound;
static PVOID ZirconTable;

static NTSTATUS NTAPI ZirconAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    InterlockedIncrement(&((PZIRCON_LOOK)ClientContext)->Found);
    return STATUS_NOINTERFACE;
}

static NTSTATUS NTAPI ZirconDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ZirconClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ZirconAttach, ZirconDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ZirconNpiId, &ZirconModuleId, 0, NULL }
};

VOID NTAPI ZirconUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    ExFreePoolWithTag(ZirconTable, 'criZ');
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ZIRCON_LOOK Look = { 0 };
    HANDLE Handle = NULL;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&ZirconClient, &Look, &Handle);
    if (!NT_SUCCESS(Status)) {
        Handle = NULL;
        goto Exit;
    }
    if (Look.Found == 0) {
        Status = STATUS_NOT_FOUND;
        goto Exit;
    }
    ZirconTable = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64 * (SIZE_T)Look.Found, 'criZ');
    if (ZirconTable == NULL) {
        Status = STATUS_INSUFFICIENT_RESOURCES;
        goto Exit;
    }
    ZirconFound = Look.Found;
    DriverObject->DriverUnload = ZirconUnload;

Exit:
    if (Handle != NULL) {
        if (NmrDeregisterClient(Handle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Handle);
        }
    }
    return Status;
}
