#include "juniper.h"

static HANDLE JuniperProvider;
static const ULONG JuniperDispatch = 1;

static const NPIID JuniperNpiId = { 0xa8c84781, 0x4b59, 0x4a78, { 0x94, 0x0b, 0xf8, 0x12, 0x93, 0x6b, 0x4a, 0xbe } };
static const NPI_MODULEID JuniperModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xdfb44e0f, 0xcd0c, 0x4ce3, { 0x57, 0xbc, 0x0c, 0x74, 0x44, 0xc9, 0x18, 0x29 } } } };

static NTSTATUS NTAPI
JuniperAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PJUNIPER_CLIENT client = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*client), JUNIPER_TAG);

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->NmrBindingHandle = NmrBindingHandle;
    JuniperTableInsert(client);
    *ProviderBindingContext = client;
    *ProviderDispatch = &JuniperDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
JuniperDetach(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
JuniperCleanup(PVOID ProviderBindingContext)
{
    PJUNIPER_CLIENT client = ProviderBindingContext;

    JuniperTableRemove(client);
    ExFreePoolWithTag(client, JUNIPER_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS JuniperCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = JuniperAttach,
    .ProviderDetachClient = JuniperDetach,
    .ProviderCleanupBindingContext = JuniperCleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &JuniperNpiId,
        .ModuleId = &JuniperModuleId,
    },
};

NTSTATUS
JuniperStart(VOID)
{
    return NmrRegisterProvider(&JuniperCharacteristics, NULL, &JuniperProvider);
}

/* No client may come or go while the provider stops. */
VOID
JuniperStop(VOID)
{
    NTSTATUS status;

    JuniperTableLock();
    status = NmrDeregisterProvider(JuniperProvider);
    if (status == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(JuniperProvider); // EXPECT: nmr-callback-deadlock
    }
    JuniperTableUnlock();
}
