/*
 * Good: four ways to test a status, each with its undoing.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD pearl_unload;

static HANDLE pearl_a, pearl_b, pearl_c, pearl_d;
static const NPIID pearl_one_npi = { 0xa5c24587, 0x3237, 0x4179, { 0x82, 0x16, 0xb5, 0xc2, 0x32, 0xb4, 0xb3, 0xa4 } };
static const NPI_MODULEID pearl_one_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xc53f4883, 0x70c3, 0x46ec, { 0x8d, 0x24, 0xd8, 0x06, 0x38, 0xa8, 0x20, 0x29 } },
};
static const ULONG pearl_one_dispatch[2] = { 7, 0 };
static volatile LONG pearl_one_clients;

static NTSTATUS NTAPI pearl_one_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&pearl_one_clients);
    *binding_context = (PVOID)&pearl_one_clients;
    *dispatch = pearl_one_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI pearl_one_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS pearl_one_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = pearl_one_attach_client,
    .ProviderDetachClient = pearl_one_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &pearl_one_npi, .ModuleId = &pearl_one_module },
};
static const NPIID pearl_two_npi = { 0x23fcd756, 0xb0bb, 0x45d4, { 0x8e, 0x54, 0x5a, 0x85, 0x4b, 0xc9, 0xbf, 0x37 } };
static const NPI_MODULEID pearl_two_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x74f96ba4, 0x1c45, 0x439c, { 0x81, 0xfa, 0x5c, 0x49, 0xe2, 0x28, 0xbd, 0x6f } },
};
static const ULONG pearl_two_dispatch[2] = { 6, 0 };
static volatile LONG pearl_two_clients;

static NTSTATUS NTAPI pearl_two_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&pearl_two_clients);
    *binding_context = (PVOID)&pearl_two_clients;
    *dispatch = pearl_two_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI pearl_two_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS pearl_two_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = pearl_two_attach_client,
    .ProviderDetachClient = pearl_two_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &pearl_two_npi, .ModuleId = &pearl_two_module },
};
static const NPIID pearl_three_npi = { 0xfed2ac10, 0x2153, 0x4478, { 0x81, 0x51, 0xe6, 0x0a, 0x3d, 0x66, 0xa0, 0xce } };
static const NPI_MODULEID pearl_three_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x4bd0a368, 0xba71, 0x497c, { 0x88, 0x4a, 0x20, 0x74, 0x1a, 0x00, 0x13, 0x87 } },
};
static const ULONG pearl_three_dispatch[2] = { 5, 0 };
static volatile LONG pearl_three_clients;

static NTSTATUS NTAPI pearl_three_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&pearl_three_clients);
    *binding_context = (PVOID)&pearl_three_clients;
    *dispatch = pearl_three_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI pearl_three_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS pearl_three_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = pearl_three_attach_client,
    .ProviderDetachClient = pearl_three_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &pearl_three_npi, .ModuleId = &pearl_three_module },
};
static const NPIID pearl_four_npi = { 0x8c78ec80, 0xd434, 0x49bb, { 0x8c, 0x34, 0xa1, 0x11, 0xf5, 0xb3, 0xb1, 0xec } };
static const NPI_MODULEID pearl_four_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x8c5bf535, 0x026e, 0x4f60, { 0x8a, 0xb9, 0xb1, 0xee, 0x54, 0x4f, 0xcb, 0x2f } },
};
static const ULONG pearl_four_dispatch[2] = { 2, 0 };
static volatile LONG pearl_four_clients;

static NTSTATUS NTAPI pearl_four_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&pearl_four_clients);
    *binding_context = (PVOID)&pearl_four_clients;
    *dispatch = pearl_four_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI pearl_four_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS pearl_four_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = pearl_four_attach_client,
    .ProviderDetachClient = pearl_four_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &pearl_four_npi, .ModuleId = &pearl_four_module },
};

static void pearl_end(HANDLE handle)
{
    if (NmrDeregisterProvider(handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(handle);
}

void NTAPI pearl_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    pearl_end(pearl_d);
    pearl_end(pearl_c);
    pearl_end(pearl_b);
    pearl_end(pearl_a);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    if ((status = NmrRegisterProvider(&pearl_one_provider, NULL, &pearl_a)) != STATUS_SUCCESS)
        return status;

    status = NmrRegisterProvider(&pearl_two_provider, NULL, &pearl_b);
    if (status) {
        pearl_end(pearl_a);
        return status;
    }

    status = NmrRegisterProvider(&pearl_three_provider, NULL, &pearl_c);
    if (NT_ERROR(status)) {
        pearl_end(pearl_b);
        pearl_end(pearl_a);
        return status;
    }

    status = NmrRegisterProvider(&pearl_four_provider, NULL, &pearl_d);
    if (status >= 0) {
        driver->DriverUnload = pearl_unload;
        return STATUS_SUCCESS;
    }
    pearl_end(pearl_c);
    pearl_end(pearl_b);
    pearl_end(pearl_a);
    return status;
}
