// A system thread completes what pends; it is told through a list and a semaphore.
#include <ntddk.h>
#include <netioddk.h>

#define OUZEL_TAG 'zuoO'

typedef struct _OUZEL_CLIENT {
    LIST_ENTRY Link;
    HANDLE NmrBindingHandle;
} OUZEL_CLIENT, *POUZEL_CLIENT;

static KSEMAPHORE OuzelWork;
static KSPIN_LOCK OuzelLock;
static LIST_ENTRY OuzelQueue;
static volatile LONG OuzelStopping;
static PVOID OuzelThread;
static HANDLE OuzelProvider;
static const ULONG OuzelDispatch = 1;

static const NPIID OuzelNpiId = { 0x9bd1b0e4, 0x79ef, 0x41cb, { 0xc2, 0x7a, 0x51, 0x9b, 0xed, 0xcf, 0xde, 0xc5 } };
static const NPI_MODULEID OuzelModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x1812d33d, 0xd47f, 0x4d84, { 0x60, 0x5d, 0xf6, 0xbf, 0x40, 0x3c, 0xe3, 0xf6 } } } };

static VOID NTAPI
OuzelMain(PVOID Context)
{
    PLIST_ENTRY entry;
    HANDLE handle;

    UNREFERENCED_PARAMETER(Context);
    for (;;) {
        KeWaitForSingleObject(&OuzelWork, Executive, KernelMode, FALSE, NULL);
        if (InterlockedCompareExchange(&OuzelStopping, 0, 0) != 0) {
            break;
        }
        entry = ExInterlockedRemoveHeadList(&OuzelQueue, &OuzelLock);
        if (entry != NULL) {
            handle = CONTAINING_RECORD(entry, OUZEL_CLIENT, Link)->NmrBindingHandle;
            NmrProviderDetachClientComplete(handle);
        }
    }
    PsTerminateSystemThread(STATUS_SUCCESS);
}

static NTSTATUS NTAPI
OuzelAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    POUZEL_CLIENT client = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*client), OUZEL_TAG);

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->NmrBindingHandle = NmrBindingHandle;
    *ProviderBindingContext = client;
    *ProviderDispatch = &OuzelDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
OuzelDetach(PVOID ProviderBindingContext)
{
    ExInterlockedInsertTailList(&OuzelQueue, &((POUZEL_CLIENT)ProviderBindingContext)->Link, &OuzelLock);
    KeReleaseSemaphore(&OuzelWork, IO_NO_INCREMENT, 1, FALSE);
    return STATUS_PENDING;
}

static VOID NTAPI
OuzelCleanup(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, OUZEL_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS OuzelCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), OuzelAttach, OuzelDetach, OuzelCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OuzelNpiId, &OuzelModuleId, 0, NULL }
};

static VOID
OuzelStopThread(VOID)
{
    InterlockedExchange(&OuzelStopping, 1);
    KeReleaseSemaphore(&OuzelWork, IO_NO_INCREMENT, 1, FALSE);
    KeWaitForSingleObject(OuzelThread, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(OuzelThread);
}

static VOID NTAPI
OuzelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(OuzelProvider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(OuzelProvider);
    }
    OuzelStopThread();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;
    HANDLE thread;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSemaphore(&OuzelWork, 0, MAXLONG);
    KeInitializeSpinLock(&OuzelLock);
    InitializeListHead(&OuzelQueue);
    status = PsCreateSystemThread(&thread, 0, NULL, NULL, NULL, OuzelMain, NULL);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    ObReferenceObjectByHandle(thread, SYNCHRONIZE, NULL, KernelMode, &OuzelThread, NULL);
    ZwClose(thread);
    status = NmrRegisterProvider(&OuzelCharacteristics, NULL, &OuzelProvider);
    if (!NT_SUCCESS(status)) {
        OuzelStopThread();
        return status;
    }
    DriverObject->DriverUnload = OuzelUnload;
    return STATUS_SUCCESS;
}
