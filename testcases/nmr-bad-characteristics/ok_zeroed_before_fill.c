/*
 * Good: the instance is zeroed first and filled afterwards.
 * (Twin: bad_zeroed_after_fill.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define CUMIN_TAG 'imuC'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CuminUnload;

typedef struct _CUMIN {
    NPI_PROVIDER_CHARACTERISTICS Chars;
    HANDLE Handle;
} CUMIN, *PCUMIN;

static PCUMIN Cumin;
static const NPIID CuminNpiId =
    { 0xdd8bcdd4, 0x99cb, 0x48a0, { 0x8d, 0x03, 0x49, 0x60, 0x88, 0xcf, 0xd1, 0x04 } };

static const NPI_MODULEID CuminModuleId =
{
    sizeof(NPI_MODULEID),
    MIT_GUID,
    { { 0x08f2cdbd, 0xe13a, 0x4dde, { 0x88, 0xaf, 0x7a, 0x15, 0xe6, 0x5c, 0x4a, 0xcb } } }
};

static NPI_PROVIDER_ATTACH_CLIENT_FN CuminAttachClient;
static NPI_PROVIDER_DETACH_CLIENT_FN CuminDetachClient;

static const ULONG_PTR CuminDispatch[1] = { 0 };
static volatile LONG CuminClients;

static NTSTATUS NTAPI
CuminAttachClient(
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

    if (InterlockedCompareExchange(&CuminClients, 1, 0) != 0)
    {
        return STATUS_NOINTERFACE;
    }

    *ProviderBindingContext = NULL;
    *ProviderDispatch = CuminDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
CuminDetachClient(
    PVOID ProviderBindingContext
    )
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);

    InterlockedExchange(&CuminClients, 0);
    return STATUS_SUCCESS;
}

static VOID
CuminFill(
    PCUMIN New
    )
{
    PNPI_REGISTRATION_INSTANCE Instance = &New->Chars.ProviderRegistrationInstance;

    RtlZeroMemory(Instance, sizeof(*Instance));
    Instance->Size = sizeof(*Instance);
    Instance->NpiId = (PNPIID)&CuminNpiId;
    Instance->ModuleId = (PNPI_MODULEID)&CuminModuleId;
    Instance->Number = 1;

    New->Chars.Version = 0;
    New->Chars.Length = sizeof(New->Chars);
    New->Chars.ProviderAttachClient = CuminAttachClient;
    New->Chars.ProviderDetachClient = CuminDetachClient;
    New->Chars.ProviderCleanupBindingContext = NULL;
}

VOID NTAPI
CuminUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    if (NmrDeregisterProvider(Cumin->Handle) == STATUS_PENDING)
    {
        NmrWaitForProviderDeregisterComplete(Cumin->Handle);
    }
    ExFreePoolWithTag(Cumin, CUMIN_TAG);
}

NTSTATUS NTAPI
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);

    Cumin = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*Cumin), CUMIN_TAG);
    if (Cumin == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    CuminFill(Cumin);

    Status = NmrRegisterProvider(&Cumin->Chars, NULL, &Cumin->Handle);
    if (!NT_SUCCESS(Status))
    {
        ExFreePoolWithTag(Cumin, CUMIN_TAG);
        return Status;
    }

    DriverObject->DriverUnload = CuminUnload;
    return STATUS_SUCCESS;
}
