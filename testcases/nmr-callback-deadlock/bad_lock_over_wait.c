// Stop holds the mutex that the cleanup callback needs over the wait for that very callback.
#include <ntddk.h>
#include <netioddk.h>

#define FJORD_TAG 'rojF'

typedef struct _FJORD_BINDING {
    LIST_ENTRY Link;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} FJORD_BINDING, *PFJORD_BINDING;

static KSPIN_LOCK FjordListLock;
static LIST_ENTRY FjordList;
static KMUTEX FjordStopMutex;
static HANDLE FjordClient;
static BOOLEAN FjordStarted;

static const NPIID FjordNpiId = { 0x69a07c3b, 0xe58c, 0x4752, { 0x5b, 0x2a, 0x2b, 0xed, 0x4d, 0x66, 0xbb, 0x25 } };
static const NPI_MODULEID FjordModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x23bfe0a5, 0xf016, 0x4bf5, { 0xfe, 0x68, 0xd7, 0xd2, 0x62, 0xaa, 0x57, 0xe7 } } } };

static VOID
FjordNote(VOID)
{
    LARGE_INTEGER none = { .QuadPart = 0 };

    if (KeWaitForSingleObject(&FjordStopMutex, Executive, KernelMode, FALSE, &none) == STATUS_SUCCESS) {
        DbgPrint("fjord: bindings change\n");
        KeReleaseMutex(&FjordStopMutex, FALSE);
    }
}

static NTSTATUS NTAPI
FjordAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PFJORD_BINDING binding;
    NTSTATUS status;
    KIRQL irql;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), FJORD_TAG);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    FjordNote();
    KeAcquireSpinLock(&FjordListLock, &irql);
    InsertTailList(&FjordList, &binding->Link);
    KeReleaseSpinLock(&FjordListLock, irql);
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        KeAcquireSpinLock(&FjordListLock, &irql);
        RemoveEntryList(&binding->Link);
        KeReleaseSpinLock(&FjordListLock, irql);
        ExFreePoolWithTag(binding, FJORD_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
FjordDetach(PVOID ClientBindingContext)
{
    PFJORD_BINDING binding = ClientBindingContext;
    KIRQL irql;

    KeAcquireSpinLock(&FjordListLock, &irql);
    RemoveEntryList(&binding->Link);
    KeReleaseSpinLock(&FjordListLock, irql);
    return STATUS_SUCCESS;
}

static VOID NTAPI
FjordCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, FJORD_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS FjordCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), FjordAttach, FjordDetach, FjordCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FjordNpiId, &FjordModuleId, 0, NULL }
};

static VOID
FjordStop(VOID)
{
    KIRQL irql;

    KeWaitForSingleObject(&FjordStopMutex, Executive, KernelMode, FALSE, NULL);
    if (FjordStarted) {
        FjordStarted = FALSE;
        NmrDeregisterClient(FjordClient);
        KeAcquireSpinLock(&FjordListLock, &irql);
        NmrWaitForClientDeregisterComplete(FjordClient); // EXPECT: nmr-callback-deadlock
        KeReleaseSpinLock(&FjordListLock, irql);
    }
    KeReleaseMutex(&FjordStopMutex, FALSE);
}

static VOID NTAPI
FjordUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    FjordStop();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&FjordListLock);
    InitializeListHead(&FjordList);
    KeInitializeMutex(&FjordStopMutex, 0);
    status = NmrRegisterClient(&FjordCharacteristics, NULL, &FjordClient);
    if (NT_SUCCESS(status)) {
        FjordStarted = TRUE;
        DriverObject->DriverUnload = FjordUnload;
    }
    return status;
}
