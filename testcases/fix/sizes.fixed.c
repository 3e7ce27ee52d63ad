/* sizes.c as --fix leaves it. */
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

static const NPI_CLIENT_CHARACTERISTICS after_version = {
    .Version = 1,
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = attach,
    .ClientDetachProvider = detach,
    .ClientRegistrationInstance = { .Version = 1, .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &npi, .ModuleId = &module },
};

static const NPI_CLIENT_CHARACTERISTICS dotted = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = attach,
    .ClientDetachProvider = detach,
    .ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE),
    .ClientRegistrationInstance.NpiId = &npi,
    .ClientRegistrationInstance.ModuleId = &module,
};

#define OLD_LENGTH 64
static NPI_CLIENT_CHARACTERISTICS by_position = { 0, sizeof(NPI_CLIENT_CHARACTERISTICS), attach, detach, NULL,
                                                  { 0, sizeof(NPI_REGISTRATION_INSTANCE), &npi, &module, 0, NULL } };

static NPI_CLIENT_CHARACTERISTICS filled;
static NPI_CLIENT_CHARACTERISTICS filled_wrong;

static const NPI_MODULEID short_module = { .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID, .Guid = { 0x6b1b8b04 } };
static const NPI_CLIENT_CHARACTERISTICS with_short_module = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = attach,
    .ClientDetachProvider = detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &npi, .ModuleId = &short_module },
};

static HANDLE handles[6];

void NTAPI unload(PDRIVER_OBJECT driver)
{
    ULONG i;

    UNREFERENCED_PARAMETER(driver);
    for (i = 0; i < 6; i++)
        if (NmrDeregisterClient(handles[i]) == STATUS_PENDING)
            NmrWaitForClientDeregisterComplete(handles[i]);
}

static void fill(void)
{
    RtlZeroMemory(&filled, sizeof(filled));
    filled.ClientAttachProvider = attach;
    filled.ClientDetachProvider = detach;
    filled.ClientRegistrationInstance.NpiId = &npi;
    filled.ClientRegistrationInstance.ModuleId = &module;

    filled_wrong.Length = sizeof(NPI_CLIENT_CHARACTERISTICS);
    filled_wrong.ClientAttachProvider = attach;
    filled_wrong.ClientDetachProvider = detach;
    filled_wrong.ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE); /* the other way round */
    filled_wrong.ClientRegistrationInstance.NpiId = &npi;
    filled_wrong.ClientRegistrationInstance.ModuleId = &module;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(path);
    driver->DriverUnload = unload;
    fill();
    status = NmrRegisterClient(&after_version, NULL, &handles[0]);
    NT_VERIFY(NT_SUCCESS(status));
    status = NmrRegisterClient(&dotted, NULL, &handles[1]);
    NT_VERIFY(NT_SUCCESS(status));
    status = NmrRegisterClient(&by_position, NULL, &handles[2]);
    NT_VERIFY(NT_SUCCESS(status));
    filled.Length = sizeof(NPI_CLIENT_CHARACTERISTICS);
    filled.ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    status = NmrRegisterClient(&filled, NULL, &handles[3]);
    NT_VERIFY(NT_SUCCESS(status));
    status = NmrRegisterClient(&filled_wrong, NULL, &handles[4]);
    NT_VERIFY(NT_SUCCESS(status));
    status = NmrRegisterClient(&with_short_module, NULL, &handles[5]);
    NT_VERIFY(NT_SUCCESS(status));
    return STATUS_SUCCESS;
}
