/* tugboat: client of two NPIs. The detach callback of the first has nothing to do with the second, which a thread ends under a lock that only the first one's callbacks take. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct tug { HANDLE handle; void *provider; const void *dispatch; } tug_t;

static tug_t tug_first, tug_second;
static KGUARDED_MUTEX tug_mutex;
static ULONG tug_attached;

static const NPIID tug_a_npi_id = { 0x6c111379, 0xa789, 0x4aa1, { 0x0e, 0x55, 0x9d, 0x40, 0x16, 0xbc, 0xc2, 0xd5 } };
static const NPI_MODULEID tug_a_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x9abf02ed, 0xed70, 0x4a76, { 0x2f, 0x3c, 0x41, 0x02, 0xdd, 0x74, 0xf9, 0x77 } }
};
static const NPIID tug_b_npi_id = { 0x539f5022, 0x3e56, 0x4e02, { 0x13, 0x2d, 0xa5, 0x0b, 0x42, 0x68, 0x05, 0xaf } };
static const NPI_MODULEID tug_b_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xd51bf968, 0x7881, 0x4624, { 0x63, 0x3a, 0x9a, 0xcc, 0x3f, 0x65, 0x70, 0xcb } }
};

static NTSTATUS NTAPI
tug_attach_a(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    tug_t *tug = context;

    (void)instance;
    KeAcquireGuardedMutex(&tug_mutex);
    tug_attached++;
    KeReleaseGuardedMutex(&tug_mutex);
    return NmrClientAttachProvider(nmr_handle, tug, NULL, &tug->provider, &tug->dispatch);
}

static NTSTATUS NTAPI
tug_attach_b(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    tug_t *tug = context;

    (void)instance;
    return NmrClientAttachProvider(nmr_handle, tug, NULL, &tug->provider, &tug->dispatch);
}

static NTSTATUS NTAPI
tug_detach(PVOID context)
{
    ((tug_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS tug_a_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = tug_attach_a,
    .ClientDetachProvider = tug_detach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &tug_a_npi_id,
        .ModuleId = &tug_a_module_id,
    },
};
static const NPI_CLIENT_CHARACTERISTICS tug_b_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = tug_attach_b,
    .ClientDetachProvider = tug_detach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &tug_b_npi_id,
        .ModuleId = &tug_b_module_id,
    },
};

static void
tug_end(tug_t *tug)
{
    if (NmrDeregisterClient(tug->handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(tug->handle);
}

static NTSTATUS
tug_begin_second(void)
{
    NTSTATUS status;

    KeAcquireGuardedMutex(&tug_mutex);
    status = NmrRegisterClient(&tug_b_characteristics, &tug_second, &tug_second.handle);
    KeReleaseGuardedMutex(&tug_mutex);
    return status;
}

static VOID NTAPI
tug_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    KeAcquireGuardedMutex(&tug_mutex);
    tug_end(&tug_second);
    KeReleaseGuardedMutex(&tug_mutex);
    tug_end(&tug_first);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    KeInitializeGuardedMutex(&tug_mutex);
    status = NmrRegisterClient(&tug_a_characteristics, &tug_first, &tug_first.handle);
    if (!NT_SUCCESS(status))
        return status;
    status = tug_begin_second();
    if (!NT_SUCCESS(status)) {
        tug_end(&tug_first);
        return status;
    }
    driver->DriverUnload = tug_unload;
    return STATUS_SUCCESS;
}
