/* ibis: a helper that runs a function under the lock is given one that registers. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _IBIS {
    KSPIN_LOCK Lock;
    HANDLE Provider;
    ULONG Generation;
} IBIS, *PIBIS;

typedef NTSTATUS (*IBIS_ACTION)(PIBIS Ibis);

static IBIS Ibis;
static const ULONG IbisDispatch = 1;

static const NPIID IbisNpiId = { 0x0864547d, 0x4607, 0x4492, { 0x11, 0x5b, 0x9b, 0x74, 0x99, 0x37, 0x57, 0x8b } };
static const NPI_MODULEID IbisModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x323693a7, 0x5a24, 0x4420, { 0x54, 0xf3, 0x67, 0x15, 0x16, 0x5d, 0xec, 0x3c } } } };

static NTSTATUS NTAPI
IbisAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    *ProviderBindingContext = ProviderContext;
    *ProviderDispatch = &IbisDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
IbisDetach(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS IbisCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = IbisAttach,
    .ProviderDetachClient = IbisDetach,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &IbisNpiId,
        .ModuleId = &IbisModuleId,
    },
};

static NTSTATUS
IbisLocked(PIBIS I, IBIS_ACTION Action)
{
    NTSTATUS status;
    KIRQL irql;

    irql = KeAcquireSpinLockRaiseToDpc(&I->Lock);
    status = Action(I);
    KeReleaseSpinLock(&I->Lock, irql);
    return status;
}

static NTSTATUS
IbisBump(PIBIS I)
{
    I->Generation++;
    return STATUS_SUCCESS;
}

static NTSTATUS
IbisRegister(PIBIS I)
{
    return NmrRegisterProvider(&IbisCharacteristics, I, &I->Provider); // EXPECT: nmr-irql-too-high
}

static VOID NTAPI
IbisUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(Ibis.Provider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Ibis.Provider);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&Ibis.Lock);
    IbisLocked(&Ibis, IbisBump);
    DriverObject->DriverUnload = IbisUnload;
    return IbisLocked(&Ibis, IbisRegister);
}
