/* The bindings on the list are freed by unload, when the NMR is done with all of them. (Twin: bad_listed_no_cleanup) */
#include <ntddk.h>
#include <netioddk.h>

#define SIFT_TAG 'tfiS'

typedef struct _SIFT_PROVIDER_DISPATCH {
    USHORT Version;
    NTSTATUS (NTAPI *Sift)(PVOID ProviderBindingContext, const VOID *Buffer, SIZE_T Length);
} SIFT_PROVIDER_DISPATCH;

typedef struct _SIFT_BINDING {
    LIST_ENTRY Link;
    HANDLE NmrBindingHandle;
    PVOID ProviderBindingContext;
    const SIFT_PROVIDER_DISPATCH *ProviderDispatch;
} SIFT_BINDING, *PSIFT_BINDING;

static struct {
    KSPIN_LOCK Lock;
    LIST_ENTRY Bindings;
    HANDLE ClientHandle;
} Sift;

static const NPIID SiftNpiId = { 0xe3a10c01, 0x55b1, 0x4f6a, { 0xa0, 0x91, 0xc3, 0x47, 0x10, 0x99, 0x3b, 0x01 } };
static const NPI_MODULEID SiftModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xe3a10c02, 0x55b1, 0x4f6a, { 0xa0, 0x91, 0xc3, 0x47, 0x10, 0x99, 0x3b, 0x02 } }
};

static VOID
SiftLink(PSIFT_BINDING Binding)
{
    KIRQL irql;
    KeAcquireSpinLock(&Sift.Lock, &irql);
    InsertTailList(&Sift.Bindings, &Binding->Link);
    KeReleaseSpinLock(&Sift.Lock, irql);
}

static VOID
SiftUnlink(PSIFT_BINDING Binding)
{
    KIRQL irql;
    KeAcquireSpinLock(&Sift.Lock, &irql);
    RemoveEntryList(&Binding->Link);
    KeReleaseSpinLock(&Sift.Lock, irql);
}

static NTSTATUS NTAPI
SiftAttachProvider(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Provider)
{
    PSIFT_BINDING binding;
    NTSTATUS status;

    (void)ClientContext;
    (void)Provider;

    binding = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*binding), SIFT_TAG);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    binding->NmrBindingHandle = NmrBindingHandle;
    SiftLink(binding);

    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderBindingContext, (const VOID **)&binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        SiftUnlink(binding);
        ExFreePoolWithTag(binding, SIFT_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
SiftDetachProvider(PVOID ClientBindingContext)
{
    (void)ClientBindingContext;
    return STATUS_SUCCESS;
}


static const NPI_CLIENT_CHARACTERISTICS SiftCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = SiftAttachProvider,
    .ClientDetachProvider = SiftDetachProvider,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &SiftNpiId,
        .ModuleId = &SiftModuleId,
    },
};

static VOID NTAPI
SiftUnload(PDRIVER_OBJECT DriverObject)
{
    (void)DriverObject;
    if (NmrDeregisterClient(Sift.ClientHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Sift.ClientHandle);
    }
    while (!IsListEmpty(&Sift.Bindings)) {
        PLIST_ENTRY entry = RemoveHeadList(&Sift.Bindings);

        ExFreePoolWithTag(CONTAINING_RECORD(entry, SIFT_BINDING, Link), SIFT_TAG);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    (void)RegistryPath;
    KeInitializeSpinLock(&Sift.Lock);
    InitializeListHead(&Sift.Bindings);
    DriverObject->DriverUnload = SiftUnload;
    return NmrRegisterClient(&SiftCharacteristics, NULL, &Sift.ClientHandle);
}
