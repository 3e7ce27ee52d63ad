/* Good: an array of pointers to objects from the pool; the holes left by failed creations are NULL. */
#include <ntddk.h>
#include <netioddk.h>

#define MERLE_TAG 'lreM'
#define MERLE_MAX 4

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MerleUnload;

static const NPIID MerleNpiId = { 0xd52d3869, 0x2901, 0x49b5, { 0x08, 0x88, 0x7b, 0x69, 0x02, 0xa9, 0x30, 0xd3 } };
static const NPI_MODULEID MerleModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x74e4ebda, 0x7e7d, 0x4606, { 0x24, 0xa7, 0xcf, 0xa7, 0xc8, 0x25, 0x7b, 0x00 } } } };
static const ULONG MerleDispatch[2] = { 8, 1 };
static volatile LONG MerleClients;

static NTSTATUS NTAPI MerleAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&MerleClients);
    *ProviderBindingContext = (PVOID)&MerleClients;
    *ProviderDispatch = MerleDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI MerleDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

typedef struct _MERLE {
    NPI_PROVIDER_CHARACTERISTICS Chars;
    HANDLE Handle;
} MERLE, *PMERLE;

static PMERLE Merles[MERLE_MAX];

static PMERLE MerleCreate(ULONG Number)
{
    PMERLE Merle = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Merle), MERLE_TAG);

    if (Merle == NULL) {
        return NULL;
    }
    Merle->Chars.Length = sizeof(Merle->Chars);
    Merle->Chars.ProviderAttachClient = MerleAttachClient;
    Merle->Chars.ProviderDetachClient = MerleDetachClient;
    Merle->Chars.ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    Merle->Chars.ProviderRegistrationInstance.NpiId = &MerleNpiId;
    Merle->Chars.ProviderRegistrationInstance.ModuleId = &MerleModuleId;
    Merle->Chars.ProviderRegistrationInstance.Number = Number;
    if (!NT_SUCCESS(NmrRegisterProvider(&Merle->Chars, Merle, &Merle->Handle))) {
        ExFreePoolWithTag(Merle, MERLE_TAG);
        return NULL;
    }
    return Merle;
}

static VOID MerleDestroy(PMERLE Merle)
{
    if (NmrDeregisterProvider(Merle->Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Merle->Handle);
    }
    ExFreePoolWithTag(Merle, MERLE_TAG);
}

VOID NTAPI MerleUnload(PDRIVER_OBJECT DriverObject)
{
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    for (i = 0; i < MERLE_MAX; i += 1) {
        if (Merles[i] != NULL) {
            MerleDestroy(Merles[i]);
            Merles[i] = NULL;
        }
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ULONG i, Made = 0;

    UNREFERENCED_PARAMETER(RegistryPath);
    for (i = 0; i < MERLE_MAX; i += 1) {
        Merles[i] = MerleCreate(i);
        if (Merles[i] != NULL) {
            Made += 1;
        }
    }
    if (Made == 0) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DriverObject->DriverUnload = MerleUnload;
    return STATUS_SUCCESS;
}
