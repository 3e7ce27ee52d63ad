/* canyon: each client of the provider has a timer. The detach callback cancels; only if it is too late the DPC, which is the last to run, completes the detach. */
#include <ntddk.h>
#include <netioddk.h>

#define CANYON_TAG 'ynaC'

typedef struct _CANYON { KTIMER Timer; KDPC Dpc; HANDLE NmrBindingHandle; volatile LONG Leaving; volatile LONG Ticks; } CANYON, *PCANYON;

static const USHORT CanyonDispatch = 1;
static HANDLE CanyonHandle;

static const NPIID CanyonNpiId = { 0x2a78eb3f, 0x6bbf, 0x4748, { 0xdb, 0xeb, 0x2f, 0xbd, 0x9d, 0xfa, 0x78, 0xc2 } };
static const NPI_MODULEID CanyonModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x3fe5803a, 0x4e36, 0x4ab8, { 0xb7, 0x64, 0xcb, 0xe9, 0xea, 0xac, 0xdd, 0x24 } } }
};

static VOID
CanyonArm(PCANYON Canyon)
{
    LARGE_INTEGER due = { .QuadPart = -10000000LL };

    KeSetTimer(&Canyon->Timer, due, &Canyon->Dpc);
}

static VOID NTAPI
CanyonTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PCANYON canyon = Context;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    canyon->Ticks++;
    if (canyon->Leaving) {
        NmrProviderDetachClientComplete(canyon->NmrBindingHandle);
        return;
    }
    CanyonArm(canyon);
}

static NTSTATUS NTAPI
CanyonAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientContext,
             const VOID *ClientDispatch, PVOID *BindingContext, const VOID **Dispatch)
{
    PCANYON canyon = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*canyon), CANYON_TAG);

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (canyon == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeTimer(&canyon->Timer);
    KeInitializeDpc(&canyon->Dpc, CanyonTick, canyon);
    canyon->NmrBindingHandle = NmrBindingHandle;
    *BindingContext = canyon;
    *Dispatch = &CanyonDispatch;
    CanyonArm(canyon);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
CanyonDetach(PVOID BindingContext)
{
    PCANYON canyon = BindingContext;

    InterlockedExchange(&canyon->Leaving, 1);
    return KeCancelTimer(&canyon->Timer) ? STATUS_SUCCESS : STATUS_PENDING;
}

static VOID NTAPI
CanyonCleanup(PVOID BindingContext)
{
    ExFreePoolWithTag(BindingContext, CANYON_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS CanyonCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = CanyonAttach,
    .ProviderDetachClient = CanyonDetach,
    .ProviderCleanupBindingContext = CanyonCleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &CanyonNpiId,
        .ModuleId = &CanyonModuleId,
    },
};

static VOID NTAPI
CanyonUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(CanyonHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(CanyonHandle);
    }
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = CanyonUnload;
    return NmrRegisterProvider(&CanyonCharacteristics, NULL, &CanyonHandle);
}
