/* mast: requests and the NMR hold references; detach waits for the requests in a DPC, cleanup drops the NMR's reference. */
#include <ntddk.h>
#include <netioddk.h>

#define MAST_TAG 'tsaM'

typedef struct mast {
    LIST_ENTRY link;
    volatile LONG refs;
    HANDLE nmr_handle;
    void *provider;
    const void *dispatch;
} mast_t;

static LIST_ENTRY mast_list;
static KSPIN_LOCK mast_lock;
static HANDLE mast_handle;
static PDEVICE_OBJECT mast_device;

static const NPIID mast_npi_id = { 0x6acfe04d, 0x786d, 0x4a88, { 0xd2, 0xc0, 0xe8, 0xe3, 0x0b, 0xbc, 0x23, 0x08 } };
static const NPI_MODULEID mast_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x0dd9f41f, 0x9c06, 0x4f41, { 0xfe, 0x4e, 0x4f, 0x38, 0x1e, 0x92, 0x99, 0xc2 } } }
};

static mast_t *mast_get(mast_t *mast) { InterlockedIncrement(&mast->refs); return mast; }

static void
mast_put(mast_t *mast)
{
    LONG refs = InterlockedDecrement(&mast->refs);

    NT_ASSERT(refs >= 0);
    if (refs == 0)
        ExFreePoolWithTag(mast, MAST_TAG);
}

/* Gives the binding after `previous`, with a reference, and drops that of `previous`. */
static mast_t *
mast_next(mast_t *previous)
{
    PLIST_ENTRY entry;
    mast_t *mast = NULL;
    KIRQL irql;

    KeAcquireSpinLock(&mast_lock, &irql);
    entry = previous != NULL ? previous->link.Flink : mast_list.Flink;
    if (entry != &mast_list && entry != (previous != NULL ? &previous->link : NULL))
        mast = mast_get(CONTAINING_RECORD(entry, mast_t, link));
    KeReleaseSpinLock(&mast_lock, irql);
    if (previous != NULL)
        mast_put(previous);
    return mast;
}

static NTSTATUS NTAPI
mast_read(PDEVICE_OBJECT device, PIRP irp)
{
    mast_t *mast;
    ULONG count = 0;

    (void)device;
    for (mast = mast_next(NULL); mast != NULL; mast = mast_next(mast))
        count++;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = count;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
mast_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    mast_t *mast = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*mast), MAST_TAG);
    NTSTATUS status;
    KIRQL irql;

    (void)context;
    (void)instance;
    if (mast == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    mast->refs = 1;
    mast->nmr_handle = nmr_handle;
    InitializeListHead(&mast->link);
    status = NmrClientAttachProvider(nmr_handle, mast, NULL, &mast->provider, &mast->dispatch);
    if (!NT_SUCCESS(status)) {
        mast_put(mast);
        return status;
    }
    KeAcquireSpinLock(&mast_lock, &irql);
    InsertTailList(&mast_list, &mast->link);
    KeReleaseSpinLock(&mast_lock, irql);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
mast_detach(PVOID context)
{
    mast_t *mast = context;
    KIRQL irql;

    KeAcquireSpinLock(&mast_lock, &irql);
    RemoveEntryList(&mast->link);
    InitializeListHead(&mast->link);
    KeReleaseSpinLock(&mast_lock, irql);
    return STATUS_SUCCESS;
}

static VOID NTAPI
mast_cleanup(PVOID context)
{
    mast_put(context);
}

static const NPI_CLIENT_CHARACTERISTICS mast_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = mast_attach,
    .ClientDetachProvider = mast_detach,
    .ClientCleanupBindingContext = mast_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &mast_npi_id,
        .ModuleId = &mast_module_id,
    },
};

static void
mast_leave(void)
{
    if (NmrDeregisterClient(mast_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(mast_handle);
}

static NTSTATUS NTAPI
mast_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
mast_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    mast_leave();
    IoDeleteDevice(mast_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &mast_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&mast_lock);
    InitializeListHead(&mast_list);
    status = NmrRegisterClient(&mast_characteristics, NULL, &mast_handle);
    if (!NT_SUCCESS(status)) { IoDeleteDevice(mast_device); return status; }
    driver->MajorFunction[IRP_MJ_READ] = mast_read;
    driver->MajorFunction[IRP_MJ_CREATE] = mast_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = mast_create_close;
    driver->DriverUnload = mast_unload;
    return STATUS_SUCCESS;
}
