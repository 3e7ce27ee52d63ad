/*
 * Good: a mask holds what was started; the stop function looks at each bit.
 * (Twin: bad_bitmask_wrong_bit.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define STARTED_LINK   0x1
#define STARTED_NMR    0x2
#define STARTED_DEVICE 0x4

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD AmberUnload;

static struct {
    ULONG Started;
    HANDLE Nmr;
    PDEVICE_OBJECT Device;
} Amber;

static UNICODE_STRING AmberLink = RTL_CONSTANT_STRING(L"\\DosDevices\\Amber");
static UNICODE_STRING AmberName = RTL_CONSTANT_STRING(L"\\Device\\Amber");
static const NPIID AmberNpiNpiId = { 0x2be2f048, 0xd832, 0x42f3, { 0x8f, 0x68, 0x94, 0x6f, 0xd6, 0x64, 0x58, 0xb7 } };
static const NPI_MODULEID AmberNpiModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x50a7409a, 0x6020, 0x4b81, { 0x8f, 0xe4, 0xe1, 0xc1, 0xe7, 0xf2, 0x6c, 0x5a } } }
};
static const ULONG AmberNpiDispatch = 1;
static volatile LONG AmberNpiClients;

static NTSTATUS NTAPI AmberNpiAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&AmberNpiClients);
    *ProviderBindingContext = (PVOID)&AmberNpiClients;
    *ProviderDispatch = &AmberNpiDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI AmberNpiDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS AmberNpiProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), AmberNpiAttachClient, AmberNpiDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AmberNpiNpiId, &AmberNpiModuleId, 0, NULL }
};

static VOID AmberStop(VOID)
{
    if (Amber.Started & STARTED_LINK) {
        IoDeleteSymbolicLink(&AmberLink);
    }
    if (Amber.Started & STARTED_NMR) {
        if (NmrDeregisterProvider(Amber.Nmr) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(Amber.Nmr);
        }
    }
    if (Amber.Started & STARTED_DEVICE) {
        IoDeleteDevice(Amber.Device);
    }
    Amber.Started = 0;
}

static NTSTATUS AmberStart(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS Status;

    Status = NmrRegisterProvider(&AmberNpiProvider, NULL, &Amber.Nmr);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Amber.Started |= STARTED_NMR;

    Status = IoCreateDevice(DriverObject, 0, &AmberName, FILE_DEVICE_NETWORK, 0, FALSE, &Amber.Device);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Amber.Started |= STARTED_DEVICE;

    Status = IoCreateSymbolicLink(&AmberLink, &AmberName);
    if (NT_SUCCESS(Status)) {
        Amber.Started |= STARTED_LINK;
    }
    return Status;
}

VOID NTAPI AmberUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    AmberStop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = AmberStart(DriverObject);
    if (!NT_SUCCESS(Status)) {
        AmberStop();
        return Status;
    }
    DriverObject->DriverUnload = AmberUnload;
    return STATUS_SUCCESS;
}
