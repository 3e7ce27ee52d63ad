/*
 * Defect: the rundown reference that the detach callback drops, and the attach callback takes, is initialised late.
 * (Twin: ok_detach_reads.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD PumiceUnload;

static EX_RUNDOWN_REF PumiceRundown;
static HANDLE PumiceHandle;
static const ULONG PumiceDispatch[2] = { 1, 1 };
static const NPIID PumiceNpiId =
    { 0x9eb02658, 0x6b13, 0x4ff9, { 0x8a, 0x8e, 0x8a, 0xb1, 0x14, 0x12, 0xa8, 0x42 } };

static const NPI_MODULEID PumiceModuleId =
{
    sizeof(NPI_MODULEID),
    MIT_GUID,
    { { 0x2f42a89b, 0x6511, 0x4e06, { 0x8e, 0x58, 0xb5, 0x17, 0xf8, 0x08, 0x36, 0xc2 } } }
};

static NTSTATUS NTAPI
PumiceAttachClient(
    HANDLE NmrBindingHandle,
    PVOID ProviderContext,
    PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext,
    const VOID *ClientDispatch,
    PVOID *ProviderBindingContext,
    const VOID **ProviderDispatch
    )
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);

    if (!ExAcquireRundownProtection(&PumiceRundown))
    {
        return STATUS_NOINTERFACE;
    }

    *ProviderBindingContext = NULL;
    *ProviderDispatch = PumiceDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
PumiceDetachClient(
    PVOID ProviderBindingContext
    )
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);

    ExReleaseRundownProtection(&PumiceRundown);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS PumiceProvider =
{
    0,
    sizeof(NPI_PROVIDER_CHARACTERISTICS),
    PumiceAttachClient,
    PumiceDetachClient,
    NULL,
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &PumiceNpiId,
        &PumiceModuleId,
        0,
        NULL
    }
};

VOID NTAPI
PumiceUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    if (NmrDeregisterProvider(PumiceHandle) == STATUS_PENDING)
    {
        NmrWaitForProviderDeregisterComplete(PumiceHandle);
    }
    ExWaitForRundownProtectionRelease(&PumiceRundown);
}

NTSTATUS NTAPI
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Status = NmrRegisterProvider(&PumiceProvider, NULL, &PumiceHandle);
    if (!NT_SUCCESS(Status))
    {
        return Status;
    }

    ExInitializeRundownProtection(&PumiceRundown); // EXPECT: nmr-register-before-init
    DriverObject->DriverUnload = PumiceUnload;
    return STATUS_SUCCESS;
}
