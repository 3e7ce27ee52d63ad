/*
 * One file of a library. Defect: when the second step fails the object is freed, which holds the handle; nobody can have
 * seen it.
 */
#include <ntddk.h>
#include <netioddk.h>

#define TECHNO_TAG 'hceT'

typedef struct _TECHNO {
    HANDLE Handle;
    PVOID Table;
} TECHNO, *PTECHNO;

static const NPIID TechnoNpiId = { 0xb762adae, 0x8626, 0x472b, { 0x91, 0x80, 0x4a, 0xfa, 0x3f, 0x87, 0x57, 0x21 } };
static const NPI_MODULEID TechnoModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x5aca2e0d, 0xf77f, 0x4bc9, { 0x60, 0x65, 0xfc, 0x63, 0xf7, 0x1f, 0x5a, 0x50 } } } };
static const ULONG TechnoDispatch[2] = { 8, 1 };
static volatile LONG TechnoClients;

static NTSTATUS NTAPI TechnoAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&TechnoClients);
    *ProviderBindingContext = (PVOID)&TechnoClients;
    *ProviderDispatch = TechnoDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI TechnoDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS TechnoProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), TechnoAttachClient, TechnoDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TechnoNpiId, &TechnoModuleId, 0, NULL }
};

NTSTATUS TechnoOpen(SIZE_T Size, PTECHNO *Result)
{
    PTECHNO Techno = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Techno), TECHNO_TAG);
    NTSTATUS Status;

    if (Techno == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = NmrRegisterProvider(&TechnoProvider, NULL, &Techno->Handle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        goto Fail;
    }
    Techno->Table = ExAllocatePool2(POOL_FLAG_NON_PAGED, Size, TECHNO_TAG);
    if (Techno->Table == NULL) {
        Status = STATUS_INSUFFICIENT_RESOURCES;
        goto Fail;
    }
    *Result = Techno;
    return STATUS_SUCCESS;

Fail:
    ExFreePoolWithTag(Techno, TECHNO_TAG);
    return Status;
}

VOID TechnoClose(PTECHNO Techno)
{
    if (NmrDeregisterProvider(Techno->Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Techno->Handle);
    }
    ExFreePoolWithTag(Techno->Table, TECHNO_TAG);
    ExFreePoolWithTag(Techno, TECHNO_TAG);
}
