/*
 * Defect: the reset helper frees a member of the object, the module ID, that the registered characteristics point at.
 * The destroy function calls it first.
 */
#include <ntddk.h>
#include <netioddk.h>

#define GULL_TAG 'lluG'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD GullUnload;

static const NPIID GullNpiId = { 0x1ea1c80d, 0xd2eb, 0x4d22, { 0x0f, 0x4b, 0x72, 0x99, 0x07, 0x3c, 0x3c, 0x63 } };
static const NPI_MODULEID GullModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x114e7ac0, 0xc690, 0x4880, { 0x86, 0x83, 0x48, 0xcd, 0x9f, 0xc6, 0xe5, 0x56 } } } };
static const ULONG GullDispatch[2] = { 8, 1 };
static volatile LONG GullClients;

static NTSTATUS NTAPI GullAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&GullClients);
    *ProviderBindingContext = (PVOID)&GullClients;
    *ProviderDispatch = GullDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI GullDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

typedef struct _GULL {
    NPI_PROVIDER_CHARACTERISTICS Chars;
    PNPI_MODULEID ModuleId;
    PWSTR Name;
    HANDLE Handle;
} GULL, *PGULL;

static PGULL g_Gull;

static VOID GullFreeMembers(PGULL Gull)
{
    if (Gull->ModuleId != NULL) {
        ExFreePoolWithTag(Gull->ModuleId, GULL_TAG); // EXPECT: nmr-freed-while-registered
        Gull->ModuleId = NULL;
    }
    if (Gull->Name != NULL) {
        ExFreePoolWithTag(Gull->Name, GULL_TAG);
        Gull->Name = NULL;
    }
}

static VOID GullDestroy(PGULL Gull)
{
    GullFreeMembers(Gull);
    if (NmrDeregisterProvider(Gull->Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Gull->Handle);
    }
    ExFreePoolWithTag(Gull, GULL_TAG);
}

static NTSTATUS GullCreate(PGULL *Result)
{
    PGULL Gull = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Gull), GULL_TAG);
    NTSTATUS Status = STATUS_INSUFFICIENT_RESOURCES;

    if (Gull == NULL) {
        return Status;
    }
    Gull->ModuleId = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Gull->ModuleId), GULL_TAG);
    if (Gull->ModuleId == NULL) {
        goto Fail;
    }
    Gull->Name = ExAllocatePool2(POOL_FLAG_PAGED, 64, GULL_TAG);
    if (Gull->Name == NULL) {
        goto Fail;
    }
    *Gull->ModuleId = GullModuleId;
    Gull->Chars.Length = sizeof(Gull->Chars);
    Gull->Chars.ProviderAttachClient = GullAttachClient;
    Gull->Chars.ProviderDetachClient = GullDetachClient;
    Gull->Chars.ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    Gull->Chars.ProviderRegistrationInstance.NpiId = &GullNpiId;
    Gull->Chars.ProviderRegistrationInstance.ModuleId = Gull->ModuleId;
    Status = NmrRegisterProvider(&Gull->Chars, NULL, &Gull->Handle);
    if (!NT_SUCCESS(Status)) {
        goto Fail;
    }
    *Result = Gull;
    return STATUS_SUCCESS;

Fail:
    GullFreeMembers(Gull);
    ExFreePoolWithTag(Gull, GULL_TAG);
    return Status;
}

VOID NTAPI GullUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    GullDestroy(g_Gull);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = GullUnload;
    return GullCreate(&g_Gull);
}
