/* Good: the copy is written back when the register call has succeeded. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD AnoleUnload;

static const NPIID AnoleNpiId = { 0xb5e8c8d7, 0xe5bb, 0x4ed9, { 0xe3, 0xf9, 0x68, 0xe9, 0xdb, 0x2c, 0xd4, 0x04 } };
static const NPI_MODULEID AnoleModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x08a042ea, 0xabea, 0x494f, { 0xad, 0x1a, 0xad, 0x47, 0x44, 0x85, 0x96, 0x00 } } } };
static const ULONG AnoleDispatch[2] = { 8, 1 };
static volatile LONG AnoleClients;

static NTSTATUS NTAPI AnoleAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&AnoleClients);
    *ProviderBindingContext = (PVOID)&AnoleClients;
    *ProviderDispatch = AnoleDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI AnoleDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS AnoleProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), AnoleAttachClient, AnoleDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AnoleNpiId, &AnoleModuleId, 0, NULL }
};

typedef struct _ANOLE {
    ULONG Number;
    HANDLE Handle;
} ANOLE;

static ANOLE Anole = { 5, NULL };

static NTSTATUS AnoleStart(VOID)
{
    ANOLE Copy = Anole;
    NTSTATUS Status;

    Copy.Number += 1;
    Status = NmrRegisterProvider(&AnoleProvider, NULL, &Copy.Handle);
    if (NT_SUCCESS(Status)) {
        Anole = Copy;
    }
    return Status;
}

VOID NTAPI AnoleUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(Anole.Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Anole.Handle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = AnoleUnload;
    return AnoleStart();
}
