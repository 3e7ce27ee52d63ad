/*
 * Defect: the wait comes before the deregister call.
 * (Twin: ok_order_right.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define ASPEN_TAG 'npsA'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD aspen_unload;

static HANDLE aspen_handle;
static PVOID aspen_buffer;
static const NPIID aspen_npi = { 0x5ca0d3bc, 0xc2be, 0x4bc6, { 0x89, 0x7d, 0xa9, 0x10, 0x07, 0x53, 0x6d, 0x2f } };
static const NPI_MODULEID aspen_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x6b4dce28, 0x4ae6, 0x46b3, { 0x81, 0xbb, 0x50, 0xd9, 0x2c, 0x1c, 0x79, 0x00 } },
};
static const ULONG aspen_dispatch = 3;
static struct { PVOID context; const VOID *dispatch; } aspen_peer;

static NTSTATUS NTAPI aspen_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &aspen_peer, &aspen_dispatch, &aspen_peer.context, &aspen_peer.dispatch);
}

static NTSTATUS NTAPI aspen_detach(PVOID binding_context)
{
    (void)binding_context;
    aspen_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS aspen_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = aspen_attach,
    .ClientDetachProvider = aspen_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &aspen_npi, .ModuleId = &aspen_module },
};

static void aspen_end(HANDLE handle)
{
    NTSTATUS status;

    NmrWaitForClientDeregisterComplete(handle); // EXPECT: nmr-wait-without-deregister
    status = NmrDeregisterClient(handle);
    NT_ASSERT(NT_SUCCESS(status));
    UNREFERENCED_PARAMETER(status);
}

void NTAPI aspen_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    aspen_end(aspen_handle);
    ExFreePoolWithTag(aspen_buffer, ASPEN_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    aspen_buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, 512, ASPEN_TAG);
    if (!aspen_buffer)
        return STATUS_INSUFFICIENT_RESOURCES;
    status = NmrRegisterClient(&aspen_client, NULL, &aspen_handle);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(aspen_buffer, ASPEN_TAG);
        return status;
    }
    driver->DriverUnload = aspen_unload;
    return STATUS_SUCCESS;
}
