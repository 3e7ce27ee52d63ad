/*
 * Good: the context goes back to its lookaside list, and that is deleted, when the deregistration is complete.
 * (Twin: bad_lookaside_early.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define TWITE_TAG 'tiwT'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TwiteUnload;

typedef struct _TWITE_CONTEXT {
    volatile LONG Bindings;
    PVOID PeerContext;
    const VOID *PeerDispatch;
} TWITE_CONTEXT, *PTWITE_CONTEXT;

static NPAGED_LOOKASIDE_LIST TwiteList;
static PTWITE_CONTEXT TwiteContext;
static HANDLE TwiteHandle;
static const ULONG TwiteDispatch = 1;
static const NPIID TwiteNpiId =
    { 0x0efd97b9, 0xf252, 0x476c, { 0x80, 0x94, 0x12, 0x4a, 0xb1, 0xea, 0xf0, 0x85 } };

static const NPI_MODULEID TwiteModuleId =
{
    sizeof(NPI_MODULEID),
    MIT_GUID,
    { { 0x07669355, 0x8047, 0x45c3, { 0x8e, 0x68, 0x00, 0x90, 0xcd, 0x58, 0xd4, 0x15 } } }
};

static NTSTATUS NTAPI
TwiteAttach(
    HANDLE NmrBindingHandle,
    PVOID ClientContext,
    PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance
    )
{
    PTWITE_CONTEXT Context = (PTWITE_CONTEXT)ClientContext;

    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);

    InterlockedIncrement(&Context->Bindings);
    return NmrClientAttachProvider(NmrBindingHandle,
                                   Context,
                                   &TwiteDispatch,
                                   &Context->PeerContext,
                                   &Context->PeerDispatch);
}

static NTSTATUS NTAPI
TwiteDetach(
    PVOID ClientBindingContext
    )
{
    InterlockedDecrement(&((PTWITE_CONTEXT)ClientBindingContext)->Bindings);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS TwiteClient =
{
    0,
    sizeof(NPI_CLIENT_CHARACTERISTICS),
    TwiteAttach,
    TwiteDetach,
    NULL,
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &TwiteNpiId,
        &TwiteModuleId,
        0,
        NULL
    }
};

VOID NTAPI
TwiteUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DriverObject);

    Status = NmrDeregisterClient(TwiteHandle);
    if (Status == STATUS_PENDING)
    {
        Status = NmrWaitForClientDeregisterComplete(TwiteHandle);
    }
    NT_ASSERT(NT_SUCCESS(Status));
    ExFreeToNPagedLookasideList(&TwiteList, TwiteContext);
    ExDeleteNPagedLookasideList(&TwiteList);
}

NTSTATUS NTAPI
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);

    ExInitializeNPagedLookasideList(&TwiteList, NULL, NULL, 0, sizeof(TWITE_CONTEXT), TWITE_TAG, 0);

    TwiteContext = (PTWITE_CONTEXT)ExAllocateFromNPagedLookasideList(&TwiteList);
    if (TwiteContext == NULL)
    {
        ExDeleteNPagedLookasideList(&TwiteList);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlZeroMemory(TwiteContext, sizeof(*TwiteContext));

    Status = NmrRegisterClient(&TwiteClient, TwiteContext, &TwiteHandle);
    if (!NT_SUCCESS(Status))
    {
        ExFreeToNPagedLookasideList(&TwiteList, TwiteContext);
        ExDeleteNPagedLookasideList(&TwiteList);
        return Status;
    }

    DriverObject->DriverUnload = TwiteUnload;
    return STATUS_SUCCESS;
}
