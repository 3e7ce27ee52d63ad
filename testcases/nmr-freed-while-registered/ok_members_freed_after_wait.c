/* Good: deregister, wait, then the members, then the object. The failure ladder of the constructor shares the helper. */
#include <ntddk.h>
#include <netioddk.h>

#define KITTI_TAG 'ttiK'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD KittiUnload;

static const NPIID KittiNpiId = { 0x06d42f09, 0x10d3, 0x456c, { 0x1c, 0x87, 0x97, 0x57, 0x10, 0xb4, 0xa4, 0x46 } };
static const NPI_MODULEID KittiModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xe03de9d1, 0xd986, 0x4545, { 0xaf, 0x27, 0xc9, 0xa3, 0xc9, 0x09, 0x09, 0xb6 } } } };
static const ULONG KittiDispatch[2] = { 8, 1 };
static volatile LONG KittiClients;

static NTSTATUS NTAPI KittiAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&KittiClients);
    *ProviderBindingContext = (PVOID)&KittiClients;
    *ProviderDispatch = KittiDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI KittiDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

typedef struct _KITTI {
    NPI_PROVIDER_CHARACTERISTICS *Chars;
    PNPI_MODULEID ModuleId;
    HANDLE Handle;
} KITTI, *PKITTI;

static PKITTI g_Kitti;

static VOID KittiFree(PKITTI Kitti)
{
    if (Kitti->Chars != NULL) {
        ExFreePoolWithTag(Kitti->Chars, KITTI_TAG);
    }
    if (Kitti->ModuleId != NULL) {
        ExFreePoolWithTag(Kitti->ModuleId, KITTI_TAG);
    }
    ExFreePoolWithTag(Kitti, KITTI_TAG);
}

static VOID KittiDestroy(PKITTI Kitti)
{
    NTSTATUS Status = NmrDeregisterProvider(Kitti->Handle);

    if (Status == STATUS_PENDING) {
        Status = NmrWaitForProviderDeregisterComplete(Kitti->Handle);
    }
    NT_ASSERT(NT_SUCCESS(Status));
    KittiFree(Kitti);
}

static NTSTATUS KittiCreate(PKITTI *Result)
{
    PKITTI Kitti = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Kitti), KITTI_TAG);
    NTSTATUS Status;

    if (Kitti == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Kitti->Chars = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Kitti->Chars), KITTI_TAG);
    Kitti->ModuleId = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Kitti->ModuleId), KITTI_TAG);
    if (Kitti->Chars == NULL || Kitti->ModuleId == NULL) {
        KittiFree(Kitti);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    *Kitti->ModuleId = KittiModuleId;
    Kitti->Chars->Length = sizeof(*Kitti->Chars);
    Kitti->Chars->ProviderAttachClient = KittiAttachClient;
    Kitti->Chars->ProviderDetachClient = KittiDetachClient;
    Kitti->Chars->ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    Kitti->Chars->ProviderRegistrationInstance.NpiId = &KittiNpiId;
    Kitti->Chars->ProviderRegistrationInstance.ModuleId = Kitti->ModuleId;
    Status = NmrRegisterProvider(Kitti->Chars, NULL, &Kitti->Handle);
    if (!NT_SUCCESS(Status)) {
        KittiFree(Kitti);
        return Status;
    }
    *Result = Kitti;
    return STATUS_SUCCESS;
}

VOID NTAPI KittiUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KittiDestroy(g_Kitti);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = KittiUnload;
    return KittiCreate(&g_Kitti);
}
