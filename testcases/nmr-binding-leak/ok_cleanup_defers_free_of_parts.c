// The cleanup callback may run at DISPATCH_LEVEL: a worker frees the binding and its paged part.
#include <ntddk.h>
#include <netioddk.h>

#define PINE_TAG 'eniP'

typedef struct _PINE_BINDING {
    WORK_QUEUE_ITEM Item;
    PVOID Table;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} PINE_BINDING, *PPINE_BINDING;

static HANDLE PineClient;
static volatile LONG PineLive;
static KEVENT PineGone;

static const NPIID PineNpiId = { 0xf20dcf36, 0x321d, 0x4a08, { 0xff, 0x44, 0xe7, 0xb0, 0x23, 0x7f, 0xfd, 0x7f } };
static const NPI_MODULEID PineModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x2c02f337, 0xa10c, 0x4991, { 0xdd, 0xc4, 0x92, 0xe5, 0xce, 0x39, 0x67, 0x24 } } } };

static VOID NTAPI
PineFree(PVOID Parameter)
{
    PPINE_BINDING binding = Parameter;

    if (binding->Table != NULL) {
        ExFreePoolWithTag(binding->Table, PINE_TAG);
    }
    ExFreePoolWithTag(binding, PINE_TAG);
    if (InterlockedDecrement(&PineLive) == 0) {
        KeSetEvent(&PineGone, IO_NO_INCREMENT, FALSE);
    }
}

static NTSTATUS NTAPI
PineAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PPINE_BINDING binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), PINE_TAG);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    InterlockedIncrement(&PineLive);
    binding->Table = ExAllocatePoolZero(PagedPool, PAGE_SIZE, PINE_TAG);
    binding->NmrBindingHandle = NmrBindingHandle;
    ExInitializeWorkItem(&binding->Item, PineFree, binding);
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        PineFree(binding);
    }
    return status;
}

static NTSTATUS NTAPI
PineDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
PineCleanup(PVOID ClientBindingContext)
{
    ExQueueWorkItem(&((PPINE_BINDING)ClientBindingContext)->Item, DelayedWorkQueue);
}

static const NPI_CLIENT_CHARACTERISTICS PineCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), PineAttach, PineDetach, PineCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &PineNpiId, &PineModuleId, 0, NULL }
};

static VOID NTAPI
PineUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(PineClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(PineClient);
    }
    if (InterlockedDecrement(&PineLive) != 0) {
        KeWaitForSingleObject(&PineGone, Executive, KernelMode, FALSE, NULL);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeEvent(&PineGone, NotificationEvent, FALSE);
    PineLive = 1;
    DriverObject->DriverUnload = PineUnload;
    return NmrRegisterClient(&PineCharacteristics, NULL, &PineClient);
}
