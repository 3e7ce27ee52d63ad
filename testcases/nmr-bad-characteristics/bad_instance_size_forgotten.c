/* Defect: the structure is zeroed and filled by hand; the instance's Size is forgotten, and so is the module ID. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD PoplarUnload;

static const NPIID PoplarNpiId = { 0x90910001, 0x3f3f, 0x4f3f, { 0x8f, 0x3f, 1, 2, 3, 4, 5, 6 } };
static const ULONG PoplarDispatch[2] = { 8, 1 };
static volatile LONG PoplarClients;

static NTSTATUS NTAPI PoplarAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&PoplarClients);
    *ProviderBindingContext = (PVOID)&PoplarClients;
    *ProviderDispatch = PoplarDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI PoplarDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static NPI_PROVIDER_CHARACTERISTICS PoplarChars;
static HANDLE PoplarHandle;

static VOID PoplarFill(NPI_PROVIDER_CHARACTERISTICS *Chars)
{
    RtlZeroMemory(Chars, sizeof(*Chars));
    Chars->Length = sizeof(*Chars);
    Chars->ProviderAttachClient = PoplarAttachClient;
    Chars->ProviderDetachClient = PoplarDetachClient;
    Chars->ProviderRegistrationInstance.NpiId = &PoplarNpiId;
}

VOID NTAPI PoplarUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(PoplarHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(PoplarHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    PoplarFill(&PoplarChars);
    Status = NmrRegisterProvider(&PoplarChars, NULL, &PoplarHandle); // EXPECT: nmr-bad-characteristics
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->DriverUnload = PoplarUnload;
    return STATUS_SUCCESS;
}
