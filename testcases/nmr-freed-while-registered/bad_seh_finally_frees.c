/*
 * Defect: the __finally block frees the context on every failure, also where the registration succeeded before.
 * (Twin: ok_seh_finally_flags.c)
 */
#include <ntifs.h>
#include <netioddk.h>

#define REDPOLL_TAG 'pdeR'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD RedpollUnload;

typedef struct _REDPOLL {
    volatile LONG Bindings;
    PVOID PeerContext;
    const VOID *PeerDispatch;
} REDPOLL, *PREDPOLL;

static PREDPOLL Redpoll;
static HANDLE RedpollHandle;
static HANDLE RedpollEvent;
static const ULONG RedpollDispatch = 1;
static const NPIID RedpollNpiId = { 0x207444d4, 0xadd8, 0x495d, { 0x8d, 0xd7, 0x95, 0x71, 0x4d, 0x62, 0x51, 0xee } };
static const NPI_MODULEID RedpollModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x0a0c0851, 0xa266, 0x41c8, { 0x85, 0xfa, 0xab, 0xfc, 0xde, 0x63, 0x83, 0x88 } } }
};

static NTSTATUS NTAPI RedpollAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    PREDPOLL Context = ClientContext;

    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    InterlockedIncrement(&Context->Bindings);
    return NmrClientAttachProvider(NmrBindingHandle, Context, &RedpollDispatch, &Context->PeerContext, &Context->PeerDispatch);
}

static NTSTATUS NTAPI RedpollDetach(PVOID ClientBindingContext)
{
    InterlockedDecrement(&((PREDPOLL)ClientBindingContext)->Bindings);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS RedpollClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), RedpollAttach, RedpollDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &RedpollNpiId, &RedpollModuleId, 0, NULL }
};

VOID NTAPI RedpollUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    ZwClose(RedpollEvent);
    if (NmrDeregisterClient(RedpollHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(RedpollHandle);
    }
    ExFreePoolWithTag(Redpoll, REDPOLL_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    OBJECT_ATTRIBUTES Attributes;
    BOOLEAN Registered = FALSE;
    PREDPOLL Context = NULL;
    NTSTATUS Status = STATUS_SUCCESS;

    UNREFERENCED_PARAMETER(RegistryPath);
    InitializeObjectAttributes(&Attributes, NULL, OBJ_KERNEL_HANDLE, NULL, NULL);

    __try {
        Context = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Context), REDPOLL_TAG);
        if (Context == NULL) {
            Status = STATUS_INSUFFICIENT_RESOURCES;
            __leave;
        }
        Status = NmrRegisterClient(&RedpollClient, Context, &RedpollHandle);
        if (!NT_SUCCESS(Status)) {
            __leave;
        }
        Registered = TRUE;
        Status = ZwCreateEvent(&RedpollEvent, EVENT_ALL_ACCESS, &Attributes, NotificationEvent, FALSE);
        if (!NT_SUCCESS(Status)) {
            __leave;
        }
        Redpoll = Context;
        DriverObject->DriverUnload = RedpollUnload;
    } __finally {
        if (!NT_SUCCESS(Status)) {
            DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_ERROR_LEVEL, "redpoll: 0x%08lx, registered %d\n", Status, Registered);
            if (Context != NULL) {
                ExFreePoolWithTag(Context, REDPOLL_TAG); // EXPECT: nmr-freed-while-registered
            }
        }
    }
    return Status;
}
