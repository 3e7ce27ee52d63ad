/* fjord: when nothing is in progress the detach is complete at once: completed and reported as successful. */
#include <ntddk.h>
#include <netioddk.h>

#define FJORD_TAG 'rojF'

typedef struct _FJORD { volatile LONG References; HANDLE NmrBindingHandle; PVOID Provider; const VOID *Dispatch; } FJORD, *PFJORD;

static HANDLE FjordHandle;
static PFJORD volatile FjordCurrent;

static const NPIID FjordNpiId = { 0xc2dc74d8, 0x8e1c, 0x4233, { 0x17, 0xea, 0x9c, 0xa5, 0xc5, 0x81, 0x3e, 0x75 } };
static const NPI_MODULEID FjordModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x17e4bd79, 0xa589, 0x4193, { 0x2f, 0xf2, 0x87, 0x5f, 0xd4, 0xfd, 0x01, 0x40 } } }
};

static VOID
FjordDrop(PFJORD Fjord)
{
    HANDLE handle = Fjord->NmrBindingHandle;

    if (InterlockedDecrement(&Fjord->References) == 0) {
        NmrClientDetachProviderComplete(handle); // EXPECT: nmr-detach-contract
    }
}

static NTSTATUS NTAPI
FjordAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PFJORD fjord;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    fjord = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*fjord), FJORD_TAG);
    if (fjord == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    fjord->References = 1;
    fjord->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, fjord, NULL, &fjord->Provider, &fjord->Dispatch);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(fjord, FJORD_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
FjordDetach(PVOID ClientBindingContext)
{
    PFJORD fjord = ClientBindingContext;

    fjord->Dispatch = NULL;
    FjordDrop(fjord);
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

static VOID NTAPI
FjordUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    status = NmrDeregisterClient(FjordHandle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(FjordHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FjordUnload;
    return NmrRegisterClient(&FjordCharacteristics, NULL, &FjordHandle);
}
