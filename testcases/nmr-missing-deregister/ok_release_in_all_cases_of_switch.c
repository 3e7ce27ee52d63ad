/* Good: the owner's kind decides how it is destroyed; every case ends the registration. */
#include <ntddk.h>
#include <netioddk.h>

#define MERGUS_TAG 'greM'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MergusUnload;

static const NPIID MergusNpiId = { 0x97a702e0, 0x1bac, 0x4186, { 0x8e, 0x76, 0x4c, 0x51, 0x12, 0x01, 0xdd, 0x80 } };
static const NPI_MODULEID MergusModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x515b0656, 0x3992, 0x438b, { 0x04, 0x39, 0x03, 0x5a, 0x42, 0x01, 0xa2, 0x75 } } } };
static const ULONG MergusDispatch[2] = { 8, 1 };
static volatile LONG MergusClients;

static NTSTATUS NTAPI MergusAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&MergusClients);
    *ProviderBindingContext = (PVOID)&MergusClients;
    *ProviderDispatch = MergusDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI MergusDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS MergusProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), MergusAttachClient, MergusDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MergusNpiId, &MergusModuleId, 0, NULL }
};

typedef struct _MERGUS_BASE { ULONG Kind; HANDLE Handle; } MERGUS_BASE, *PMERGUS_BASE;
typedef struct _MERGUS_SMALL { MERGUS_BASE Base; ULONG Value; } MERGUS_SMALL, *PMERGUS_SMALL;
typedef struct _MERGUS_LARGE { MERGUS_BASE Base; PVOID Table; } MERGUS_LARGE, *PMERGUS_LARGE;

static PMERGUS_BASE g_Mergus;

static VOID MergusEnd(PMERGUS_BASE Base)
{
    if (NmrDeregisterProvider(Base->Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Base->Handle);
    }
}

static VOID MergusDestroy(PMERGUS_BASE Base)
{
    switch (Base->Kind) {
    case 1:
        MergusEnd(Base);
        ExFreePoolWithTag(CONTAINING_RECORD(Base, MERGUS_SMALL, Base), MERGUS_TAG);
        break;
    case 2: {
        PMERGUS_LARGE Large = CONTAINING_RECORD(Base, MERGUS_LARGE, Base);

        MergusEnd(&Large->Base);
        ExFreePoolWithTag(Large->Table, MERGUS_TAG);
        ExFreePoolWithTag(Large, MERGUS_TAG);
        break;
    }
    default:
        NT_ASSERT(FALSE);
        break;
    }
}

static PMERGUS_BASE MergusAllocate(BOOLEAN Large)
{
    if (Large) {
        PMERGUS_LARGE Object = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Object), MERGUS_TAG);

        if (Object == NULL) {
            return NULL;
        }
        Object->Table = ExAllocatePool2(POOL_FLAG_PAGED, 1024, MERGUS_TAG);
        if (Object->Table == NULL) {
            ExFreePoolWithTag(Object, MERGUS_TAG);
            return NULL;
        }
        Object->Base.Kind = 2;
        return &Object->Base;
    } else {
        PMERGUS_SMALL Object = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Object), MERGUS_TAG);

        if (Object == NULL) {
            return NULL;
        }
        Object->Base.Kind = 1;
        return &Object->Base;
    }
}

VOID NTAPI MergusUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    MergusDestroy(g_Mergus);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;
    PMERGUS_BASE Base = MergusAllocate(RegistryPath->Length > 90);

    if (Base == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = NmrRegisterProvider(&MergusProvider, NULL, &Base->Handle);
    if (!NT_SUCCESS(Status)) {
        if (Base->Kind == 2) {
            ExFreePoolWithTag(((PMERGUS_LARGE)Base)->Table, MERGUS_TAG);
        }
        ExFreePoolWithTag(Base, MERGUS_TAG);
        return Status;
    }
    g_Mergus = Base;
    DriverObject->DriverUnload = MergusUnload;
    return STATUS_SUCCESS;
}
