/*
 * Good: one file of a driver whose entry point is elsewhere. The object with the handle goes out to unseen code, which is
 * presumed to call the destroy function; a failure after the registration is undone here.
 */
#include <ntddk.h>
#include <netioddk.h>

#define SKUA_TAG 'aukS'

typedef struct _SKUA {
    HANDLE Handle;
    ULONG Flags;
    LIST_ENTRY Link;
} SKUA, *PSKUA;

NTSTATUS SkuaPublish(PSKUA Skua);

static const NPIID SkuaNpiId = { 0x366ace6a, 0x1ca5, 0x4dc8, { 0x87, 0xcd, 0x71, 0xa6, 0x98, 0x2f, 0xd4, 0x2a } };
static const NPI_MODULEID SkuaModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x6f6e177e, 0xa220, 0x4ae1, { 0x8e, 0x7a, 0xc2, 0xe5, 0x48, 0xa5, 0xde, 0x17 } } }
};
static const ULONG SkuaDispatch = 1;
static volatile LONG SkuaClients;

static NTSTATUS NTAPI SkuaAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&SkuaClients);
    *ProviderBindingContext = (PVOID)&SkuaClients;
    *ProviderDispatch = &SkuaDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI SkuaDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS SkuaProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), SkuaAttachClient, SkuaDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SkuaNpiId, &SkuaModuleId, 0, NULL }
};

NTSTATUS SkuaCreate(ULONG Flags, PSKUA *NewSkua)
{
    PSKUA Skua;
    NTSTATUS Status;

    *NewSkua = NULL;
    Skua = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Skua), SKUA_TAG);
    if (Skua == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Skua->Flags = Flags;
    InitializeListHead(&Skua->Link);

    Status = NmrRegisterProvider(&SkuaProvider, NULL, &Skua->Handle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Skua, SKUA_TAG);
        return Status;
    }
    Status = SkuaPublish(Skua);
    if (!NT_SUCCESS(Status)) {
        if (NmrDeregisterProvider(Skua->Handle) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(Skua->Handle);
        }
        ExFreePoolWithTag(Skua, SKUA_TAG);
        return Status;
    }
    *NewSkua = Skua;
    return STATUS_SUCCESS;
}
