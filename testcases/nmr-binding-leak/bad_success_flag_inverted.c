/* latch: a flag says whether the NMR took the binding. It is set before that is known. */
#include <ntddk.h>
#include <netioddk.h>

#define LATCH_TAG 'ctaL'

typedef struct _LATCH { PVOID Provider; const VOID *Dispatch; } LATCH, *PLATCH;

static HANDLE LatchHandle;

static const NPIID LatchNpiId = { 0x2c19750a, 0xa2c8, 0x4765, { 0xac, 0xef, 0xcd, 0xd8, 0x45, 0xeb, 0x68, 0x74 } };
static const NPI_MODULEID LatchModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xde46b74b, 0xdef3, 0x44c4, { 0xfd, 0x9b, 0x23, 0x07, 0xc3, 0xe8, 0x4c, 0xb5 } }
};

static NTSTATUS NTAPI
LatchAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
    BOOLEAN taken = FALSE;
    PLATCH latch = NULL;

    UNREFERENCED_PARAMETER(ClientContext);
    __try {
        if (Instance->Number == 0) {
            status = STATUS_NOINTERFACE;
            __leave;
        }
        latch = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*latch), LATCH_TAG);
        if (latch == NULL) {
            __leave;
        }
        taken = TRUE;
        status = NmrClientAttachProvider(NmrBindingHandle, latch, NULL, &latch->Provider, &latch->Dispatch); // EXPECT: nmr-binding-leak
        if (!NT_SUCCESS(status)) {
            __leave;
        }
    } __finally {
        if (latch != NULL && !taken) {
            ExFreePoolWithTag(latch, LATCH_TAG);
        }
    }
    return status;
}

static NTSTATUS NTAPI
LatchDetach(PVOID ClientBindingContext)
{
    ((PLATCH)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
LatchCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, LATCH_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS LatchCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), LatchAttach, LatchDetach, LatchCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &LatchNpiId, &LatchModuleId, 0, NULL }
};

static VOID NTAPI
LatchUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(LatchHandle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(LatchHandle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = LatchUnload;
    return NmrRegisterClient(&LatchCharacteristics, NULL, &LatchHandle);
}
