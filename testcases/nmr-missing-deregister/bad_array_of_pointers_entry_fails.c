/* Defect: when fewer than all objects can be made the entry fails and leaves those that were made. */
#include <ntddk.h>
#include <netioddk.h>

#define OUZEL_TAG 'lzuO'
#define OUZEL_MAX 4

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD OuzelUnload;

static const NPIID OuzelNpiId = { 0x27c69c03, 0x3789, 0x4000, { 0x47, 0xf6, 0xae, 0xaa, 0xe3, 0xbd, 0xec, 0xc1 } };
static const NPI_MODULEID OuzelModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x408eb948, 0x3f46, 0x42c3, { 0xd0, 0x4e, 0x1d, 0x05, 0xab, 0xae, 0xcd, 0xa6 } } } };
static const ULONG OuzelDispatch[2] = { 8, 1 };
static volatile LONG OuzelClients;

static NTSTATUS NTAPI OuzelAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&OuzelClients);
    *ProviderBindingContext = (PVOID)&OuzelClients;
    *ProviderDispatch = OuzelDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI OuzelDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS OuzelProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), OuzelAttachClient, OuzelDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OuzelNpiId, &OuzelModuleId, 0, NULL }
};

typedef struct _OUZEL {
    HANDLE Handle;
    ULONG Number;
} OUZEL, *POUZEL;

static POUZEL Ouzels[OUZEL_MAX];

static POUZEL OuzelCreate(ULONG Number)
{
    POUZEL Ouzel = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Ouzel), OUZEL_TAG);
    NTSTATUS Status;

    if (Ouzel == NULL) {
        return NULL;
    }
    Ouzel->Number = Number;
    Status = NmrRegisterProvider(&OuzelProvider, NULL, &Ouzel->Handle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Ouzel, OUZEL_TAG);
        return NULL;
    }
    return Ouzel;
}

static VOID OuzelDestroy(POUZEL Ouzel)
{
    if (NmrDeregisterProvider(Ouzel->Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Ouzel->Handle);
    }
    ExFreePoolWithTag(Ouzel, OUZEL_TAG);
}

VOID NTAPI OuzelUnload(PDRIVER_OBJECT DriverObject)
{
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    for (i = 0; i < OUZEL_MAX; i += 1) {
        OuzelDestroy(Ouzels[i]);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);
    for (i = 0; i < OUZEL_MAX; i += 1) {
        Ouzels[i] = OuzelCreate(i);
        if (Ouzels[i] == NULL) {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
    }
    DriverObject->DriverUnload = OuzelUnload;
    return STATUS_SUCCESS;
}
