/* A whole driver with one defect: its unload routine returns without waiting for the deregistration. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD sample_unload;

static const NPIID sample_npi = { 0x51a3f1c2, 0x0c11, 0x4d0e, { 0x90, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77 } };
static const NPI_MODULEID sample_module = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x51a3f1c3, 0x0c11, 0x4d0e, { 1, 2, 3, 4, 5, 6, 7, 8 } } } };
static HANDLE sample_handle;

static NTSTATUS NTAPI sample_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)binding;
    (void)context;
    (void)provider;
    return STATUS_NOINTERFACE;
}

static NTSTATUS NTAPI sample_detach(PVOID binding_context)
{
    (void)binding_context;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS sample_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = sample_attach,
    .ClientDetachProvider = sample_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &sample_npi, .ModuleId = &sample_module },
};

void NTAPI sample_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    NmrDeregisterClient(sample_handle); /* the defect */
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = sample_unload;
    return NmrRegisterClient(&sample_characteristics, NULL, &sample_handle);
}
