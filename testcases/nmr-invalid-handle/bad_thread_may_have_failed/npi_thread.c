/*
 * A thread registers the client, so as not to hold up the start. Defect (with driver.c): nobody looks at its outcome
 * before the client is deregistered.
 * (Twin: ok_thread_reports)
 */
#include "npi_thread.h"

static const NPIID sedge_npi = { 0x0c777ea3, 0xc7be, 0x4e36, { 0x8c, 0x89, 0x5f, 0x31, 0x07, 0xe1, 0x35, 0xc8 } };
static const NPI_MODULEID sedge_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x21627240, 0xe232, 0x4e79, { 0x88, 0xd5, 0x45, 0xeb, 0xf2, 0xf2, 0xd8, 0x1f } },
};
static const ULONG sedge_dispatch = 8;
static struct { PVOID context; const VOID *dispatch; } sedge_peer;

static NTSTATUS NTAPI sedge_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &sedge_peer, &sedge_dispatch, &sedge_peer.context, &sedge_peer.dispatch);
}

static NTSTATUS NTAPI sedge_detach(PVOID binding_context)
{
    (void)binding_context;
    sedge_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS sedge_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = sedge_attach,
    .ClientDetachProvider = sedge_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &sedge_npi, .ModuleId = &sedge_module },
};

VOID NTAPI npi_thread_main(PVOID context)
{
    struct npi_thread *thread = context;
    NTSTATUS status;

    status = NmrRegisterClient(&sedge_client, NULL, &thread->client);
    if (!NT_SUCCESS(status)) {
        DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_ERROR_LEVEL, "sedge: 0x%08lx\n", status);
        thread->client = NULL;
    }
    thread->status = status;
    KeSetEvent(&thread->ready, IO_NO_INCREMENT, FALSE);
    PsTerminateSystemThread(STATUS_SUCCESS);
}

void npi_thread_end(struct npi_thread *thread)
{
    KeWaitForSingleObject(&thread->ready, Executive, KernelMode, FALSE, NULL);
    if (NmrDeregisterClient(thread->client) == STATUS_PENDING) // EXPECT: nmr-invalid-handle
        NmrWaitForClientDeregisterComplete(thread->client);
}
