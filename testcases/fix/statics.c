/* What lives on the stack and may be static, and what may not. statics.fixed.c is what --fix makes of it. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD unload;

static const NPIID npi = { 0x6b1b8b02, 0x35dc, 0x4f4e, { 0x8a, 0x61, 0x2d, 0x0c, 0x3d, 0x11, 0x49, 0x6a } };
static const NPI_MODULEID module = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x6b1b8b03 } } };
static const ULONG dispatch = 1;
static struct {
    PVOID context;
    const VOID *dispatch;
} peer;

static NTSTATUS NTAPI attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    UNREFERENCED_PARAMETER(context);
    UNREFERENCED_PARAMETER(instance);
    return NmrClientAttachProvider(binding, &peer, &dispatch, &peer.context, &peer.dispatch);
}

static NTSTATUS NTAPI detach(PVOID binding_context)
{
    UNREFERENCED_PARAMETER(binding_context);
    return STATUS_SUCCESS;
}

static HANDLE handle, second, third, fourth;

static NTSTATUS start_once(void)
{
    const NPI_MODULEID id = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x6b1b8b03 } } };
    NPI_CLIENT_CHARACTERISTICS client = {
        .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
        .ClientAttachProvider = attach,
        .ClientDetachProvider = detach,
        .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &npi, .ModuleId = &id },
    };

    return NmrRegisterClient(&client, NULL, &handle);
}

static NTSTATUS start_with(USHORT version)
{
    NPI_CLIENT_CHARACTERISTICS client = {
        .Version = version, /* not constant */
        .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
        .ClientAttachProvider = attach,
        .ClientDetachProvider = detach,
        .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &npi, .ModuleId = &module },
    };

    return NmrRegisterClient(&client, NULL, &second);
}

static void fill_in(NPI_CLIENT_CHARACTERISTICS *client)
{
    client->ClientAttachProvider = attach;
}

static NTSTATUS start_filled(void)
{
    NPI_CLIENT_CHARACTERISTICS client = {
        .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
        .ClientDetachProvider = detach,
        .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &npi, .ModuleId = &module },
    };

    fill_in(&client); /* may do anything */
    return NmrRegisterClient(&client, NULL, &third);
}

static NTSTATUS start_two(void)
{
    NPI_CLIENT_CHARACTERISTICS unused = { 0 }, client = { 0, sizeof(client), attach, detach, NULL,
                                                          { 0, sizeof(NPI_REGISTRATION_INSTANCE), &npi, &module, 0, NULL } };

    UNREFERENCED_PARAMETER(unused);
    return NmrRegisterClient(&client, NULL, &fourth);
}

void NTAPI unload(PDRIVER_OBJECT driver)
{
    UNREFERENCED_PARAMETER(driver);
    if (NmrDeregisterClient(handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(handle);
    if (NmrDeregisterClient(second) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(second);
    if (NmrDeregisterClient(third) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(third);
    if (NmrDeregisterClient(fourth) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(fourth);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    driver->DriverUnload = unload;
    status = start_once();
    NT_VERIFY(NT_SUCCESS(status));
    status = start_with(path->Length);
    NT_VERIFY(NT_SUCCESS(status));
    status = start_filled();
    NT_VERIFY(NT_SUCCESS(status));
    status = start_two();
    NT_VERIFY(NT_SUCCESS(status));
    return STATUS_SUCCESS;
}
