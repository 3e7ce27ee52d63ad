/*
 * Good: closing a session ends its registration, then frees what holds the handle.
 * (Twin: bad_destroy_forgets)
 */
#include "session.h"

#define GODWIT_TAG 'wdoG'

static const NPIID GodwitNpiId =
    { 0x5d55005a, 0xa218, 0x48bf, { 0x8d, 0xe6, 0xe3, 0xc9, 0xd6, 0x53, 0x4b, 0x2d } };

static const NPI_MODULEID GodwitModuleId =
{
    sizeof(NPI_MODULEID),
    MIT_GUID,
    { { 0x230fdfa3, 0x3d61, 0x470f, { 0x8a, 0xd9, 0x29, 0xad, 0xdb, 0x11, 0x60, 0x15 } } }
};

static NPI_CLIENT_ATTACH_PROVIDER_FN GodwitAttach;
static NPI_CLIENT_DETACH_PROVIDER_FN GodwitDetach;

static struct
{
    PVOID Context;
    const VOID *Dispatch;
} GodwitPeer;

static const ULONG GodwitDispatch = 5;

static NTSTATUS NTAPI
GodwitAttach(
    HANDLE NmrBindingHandle,
    PVOID ClientContext,
    PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance
    )
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);

    return NmrClientAttachProvider(NmrBindingHandle,
                                   &GodwitPeer,
                                   &GodwitDispatch,
                                   &GodwitPeer.Context,
                                   &GodwitPeer.Dispatch);
}

static NTSTATUS NTAPI
GodwitDetach(
    PVOID ClientBindingContext
    )
{
    UNREFERENCED_PARAMETER(ClientBindingContext);

    GodwitPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS GodwitClient =
{
    0,
    sizeof(NPI_CLIENT_CHARACTERISTICS),
    GodwitAttach,
    GodwitDetach,
    NULL,
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &GodwitNpiId,
        &GodwitModuleId,
        0,
        NULL
    }
};

NTSTATUS
GodwitSessionOpen(
    PGODWIT_SESSION *Session
    )
{
    PGODWIT_SESSION New;
    NTSTATUS Status;

    New = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*New), GODWIT_TAG);
    if (New == NULL)
    {
        return STATUS_INSUFFICIENT_RESOURCES;
    }

    New->Scratch = ExAllocatePool2(POOL_FLAG_PAGED, PAGE_SIZE, GODWIT_TAG);
    if (New->Scratch == NULL)
    {
        ExFreePoolWithTag(New, GODWIT_TAG);
        return STATUS_INSUFFICIENT_RESOURCES;
    }

    Status = NmrRegisterClient(&GodwitClient, NULL, &New->NmrHandle);
    if (!NT_SUCCESS(Status))
    {
        ExFreePoolWithTag(New->Scratch, GODWIT_TAG);
        ExFreePoolWithTag(New, GODWIT_TAG);
        return Status;
    }

    KeQuerySystemTime(&New->Opened);
    *Session = New;
    return STATUS_SUCCESS;
}

VOID
GodwitSessionClose(
    PGODWIT_SESSION Session
    )
{
    NTSTATUS Status;

    Status = NmrDeregisterClient(Session->NmrHandle);
    if (Status == STATUS_PENDING)
    {
        NmrWaitForClientDeregisterComplete(Session->NmrHandle);
    }

    ExFreePoolWithTag(Session->Scratch, GODWIT_TAG);
    ExFreePoolWithTag(Session, GODWIT_TAG);
}
