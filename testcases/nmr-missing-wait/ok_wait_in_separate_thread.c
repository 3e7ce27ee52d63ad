/* Good: unload starts the end and a thread, which waits for it; unload waits for the thread. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD BramblingUnload;
KSTART_ROUTINE BramblingWaiter;

static const NPIID BramblingNpiId = { 0xe810aff2, 0x3212, 0x4d23, { 0x56, 0x4b, 0x71, 0x7f, 0x2a, 0x4d, 0xba, 0x5a } };
static const NPI_MODULEID BramblingModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xf0ddd8c3, 0x3de8, 0x455a, { 0x3c, 0x07, 0x15, 0xe7, 0xe2, 0xab, 0xbc, 0x5f } } } };
static const ULONG BramblingDispatch[2] = { 8, 1 };
static volatile LONG BramblingClients;

static NTSTATUS NTAPI BramblingAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&BramblingClients);
    *ProviderBindingContext = (PVOID)&BramblingClients;
    *ProviderDispatch = BramblingDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI BramblingDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS BramblingProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), BramblingAttachClient, BramblingDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BramblingNpiId, &BramblingModuleId, 0, NULL }
};

static HANDLE BramblingHandle;

VOID NTAPI BramblingWaiter(PVOID Context)
{
    NmrWaitForProviderDeregisterComplete((HANDLE)Context);
    PsTerminateSystemThread(STATUS_SUCCESS);
}

VOID NTAPI BramblingUnload(PDRIVER_OBJECT DriverObject)
{
    HANDLE Thread;
    PVOID ThreadObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DriverObject);
    Status = NmrDeregisterProvider(BramblingHandle);
    if (Status != STATUS_PENDING) {
        return;
    }
    Status = PsCreateSystemThread(&Thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, BramblingWaiter, BramblingHandle);
    if (!NT_SUCCESS(Status)) {
        NmrWaitForProviderDeregisterComplete(BramblingHandle);
        return;
    }
    Status = ObReferenceObjectByHandle(Thread, SYNCHRONIZE, *PsThreadType, KernelMode, &ThreadObject, NULL);
    NT_FRE_ASSERT(NT_SUCCESS(Status));
    ZwClose(Thread);
    KeWaitForSingleObject(ThreadObject, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(ThreadObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = BramblingUnload;
    return NmrRegisterProvider(&BramblingProvider, NULL, &BramblingHandle);
}
