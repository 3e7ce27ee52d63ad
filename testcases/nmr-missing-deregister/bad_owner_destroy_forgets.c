/* Defect: the owner's destroy function, used by unload, closes everything but the registration whose handle it holds. */
#include <ntddk.h>
#include <netioddk.h>

#define TAPIR_TAG 'ipaT'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TapirUnload;

static const NPIID TapirNpiId = { 0xeffe20c9, 0xc2cf, 0x40d9, { 0xc2, 0x4c, 0xa6, 0x4f, 0x94, 0xa0, 0x7b, 0x50 } };
static const NPI_MODULEID TapirModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xfbd037a1, 0x04ca, 0x4fcf, { 0x7d, 0xf2, 0xe0, 0x69, 0xf7, 0xbd, 0x6e, 0xcc } } } };
static const ULONG TapirDispatch[2] = { 8, 1 };
static volatile LONG TapirClients;

static NTSTATUS NTAPI TapirAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&TapirClients);
    *ProviderBindingContext = (PVOID)&TapirClients;
    *ProviderDispatch = TapirDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI TapirDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS TapirProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), TapirAttachClient, TapirDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TapirNpiId, &TapirModuleId, 0, NULL }
};

typedef struct _TAPIR {
    HANDLE Event;
    PKEVENT EventObject;
    HANDLE Provider;
} TAPIR, *PTAPIR;

static PTAPIR g_Tapir;

static VOID TapirDestroy(PTAPIR Tapir)
{
    if (Tapir->EventObject != NULL) {
        ObDereferenceObject(Tapir->EventObject);
    }
    if (Tapir->Event != NULL) {
        ZwClose(Tapir->Event);
    }
    ExFreePoolWithTag(Tapir, TAPIR_TAG);
}

static NTSTATUS TapirCreate(PTAPIR *Result)
{
    OBJECT_ATTRIBUTES Attributes;
    PTAPIR Tapir = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Tapir), TAPIR_TAG);
    NTSTATUS Status;

    if (Tapir == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    InitializeObjectAttributes(&Attributes, NULL, OBJ_KERNEL_HANDLE, NULL, NULL);
    Status = ZwCreateEvent(&Tapir->Event, EVENT_ALL_ACCESS, &Attributes, NotificationEvent, FALSE);
    if (!NT_SUCCESS(Status)) {
        goto Fail;
    }
    Status = ObReferenceObjectByHandle(Tapir->Event, EVENT_ALL_ACCESS, *ExEventObjectType, KernelMode, (PVOID *)&Tapir->EventObject, NULL);
    if (!NT_SUCCESS(Status)) {
        goto Fail;
    }
    Status = NmrRegisterProvider(&TapirProvider, NULL, &Tapir->Provider); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        goto Fail;
    }
    *Result = Tapir;
    return STATUS_SUCCESS;

Fail:
    TapirDestroy(Tapir);
    return Status;
}

VOID NTAPI TapirUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (g_Tapir != NULL) {
        TapirDestroy(g_Tapir);
        g_Tapir = NULL;
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = TapirUnload;
    return TapirCreate(&g_Tapir);
}
