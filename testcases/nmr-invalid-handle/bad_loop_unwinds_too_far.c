/*
 * Defect: when a provider of the table cannot be registered, the unwinding loop begins with that very one.
 * (Twin: ok_loop_unwinds_before.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FieldfareUnload;

#define FIELDFARE_PORTS 4

static const NPIID FieldfareNpiId = { 0x65d4cadc, 0xc568, 0x4b62, { 0x82, 0xfa, 0x9f, 0x12, 0xcc, 0xcd, 0xf9, 0xae } };
static const NPI_MODULEID FieldfareModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xef29f355, 0x7a41, 0x4874, { 0x87, 0xcc, 0xd4, 0x86, 0x6a, 0xe5, 0xdc, 0x6f } } }
};
static const ULONG FieldfareDispatch = 2;
static volatile LONG FieldfareClients;

static NTSTATUS NTAPI FieldfareAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&FieldfareClients);
    *ProviderBindingContext = (PVOID)&FieldfareClients;
    *ProviderDispatch = &FieldfareDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI FieldfareDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static NPI_PROVIDER_CHARACTERISTICS FieldfareProviders[FIELDFARE_PORTS];
static HANDLE FieldfareHandles[FIELDFARE_PORTS];

static VOID FieldfareEnd(LONG Last)
{
    LONG j;

    for (j = Last; j >= 0; j--) {
        if (NmrDeregisterProvider(FieldfareHandles[j]) == STATUS_PENDING) { // EXPECT: nmr-invalid-handle
            NmrWaitForProviderDeregisterComplete(FieldfareHandles[j]);
        }
    }
}

VOID NTAPI FieldfareUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    FieldfareEnd(FIELDFARE_PORTS - 1);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;
    LONG i;

    UNREFERENCED_PARAMETER(RegistryPath);
    for (i = 0; i < FIELDFARE_PORTS; i++) {
        NPI_PROVIDER_CHARACTERISTICS *Provider = &FieldfareProviders[i];

        Provider->Length = sizeof(*Provider);
        Provider->ProviderAttachClient = FieldfareAttachClient;
        Provider->ProviderDetachClient = FieldfareDetachClient;
        Provider->ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
        Provider->ProviderRegistrationInstance.NpiId = &FieldfareNpiId;
        Provider->ProviderRegistrationInstance.ModuleId = &FieldfareModuleId;
        Provider->ProviderRegistrationInstance.Number = (ULONG)i;

        Status = NmrRegisterProvider(Provider, NULL, &FieldfareHandles[i]);
        if (!NT_SUCCESS(Status)) {
            FieldfareEnd(i);
            return Status;
        }
    }
    DriverObject->DriverUnload = FieldfareUnload;
    return STATUS_SUCCESS;
}
