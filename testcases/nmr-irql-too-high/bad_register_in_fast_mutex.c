/* acorn: the first open registers. NmrRegisterClient needs PASSIVE_LEVEL, the fast mutex raised to APC_LEVEL. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct acorn {
    FAST_MUTEX mutex;
    ULONG opens;
    BOOLEAN registered;
    HANDLE handle;
    PVOID provider;
    const VOID *dispatch;
} acorn_t;

static acorn_t acorn;
static PDEVICE_OBJECT acorn_device;

static const NPIID acorn_npi_id = { 0xae051d77, 0x8b12, 0x4a10, { 0xcc, 0xaf, 0xae, 0x74, 0x14, 0x23, 0x4d, 0xb8 } };
static const NPI_MODULEID acorn_module_id = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x0931c941, 0x29b7, 0x4b43, { 0xec, 0xe3, 0x29, 0xef, 0x34, 0x72, 0x83, 0x72 } }
};

static NTSTATUS NTAPI
acorn_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    acorn_t *a = context;

    (void)instance;
    return NmrClientAttachProvider(nmr_handle, a, NULL, &a->provider, &a->dispatch);
}

static NTSTATUS NTAPI
acorn_detach(PVOID context)
{
    ((acorn_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS acorn_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = acorn_attach,
    .ClientDetachProvider = acorn_detach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &acorn_npi_id,
        .ModuleId = &acorn_module_id,
    },
};

static NTSTATUS
acorn_first(acorn_t *a)
{
    NTSTATUS status = NmrRegisterClient(&acorn_characteristics, a, &a->handle); // EXPECT: nmr-irql-too-high

    a->registered = (BOOLEAN)NT_SUCCESS(status);
    return status;
}

static NTSTATUS NTAPI
acorn_create(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status = STATUS_SUCCESS;

    (void)device;
    ExAcquireFastMutex(&acorn.mutex);
    if (!acorn.registered)
        status = acorn_first(&acorn);
    if (NT_SUCCESS(status))
        acorn.opens++;
    ExReleaseFastMutex(&acorn.mutex);
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

static void
acorn_stop(void)
{
    if (!acorn.registered)
        return;
    if (NmrDeregisterClient(acorn.handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(acorn.handle);
    acorn.registered = FALSE;
}

static NTSTATUS NTAPI
acorn_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
acorn_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    acorn_stop();
    IoDeleteDevice(acorn_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &acorn_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    ExInitializeFastMutex(&acorn.mutex);
    driver->MajorFunction[IRP_MJ_CREATE] = acorn_create;
    driver->MajorFunction[IRP_MJ_CLOSE] = acorn_create_close;
    driver->DriverUnload = acorn_unload;
    return STATUS_SUCCESS;
}
