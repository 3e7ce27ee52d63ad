/* ledger: a request changes what its interrupt routine reads, so it does that in a synchronized routine. */
#include <ntddk.h>

typedef struct ledger {
    PKINTERRUPT interrupt;
    KTIMER timer;
    KDPC dpc;
    ULONG limit;
    BOOLEAN armed;
} ledger_t;

static ledger_t ledger;
static PDEVICE_OBJECT ledger_device;
static KSYNCHRONIZE_ROUTINE ledger_set_limit;

static VOID NTAPI
ledger_timeout(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    ledger_t *l = context;

    (void)dpc;
    (void)a;
    (void)b;
    l->armed = FALSE;
}

static void
ledger_arm(ledger_t *l)
{
    LARGE_INTEGER due;

    due.QuadPart = -10 * 1000 * 1000;
    l->armed = TRUE;
    KeSetTimer(&l->timer, due, &l->dpc); // EXPECT: irql-too-high
}

static BOOLEAN NTAPI
ledger_set_limit(PVOID context)
{
    ledger_t *l = context;

    l->limit += 16;
    if (!l->armed)
        ledger_arm(l);
    return TRUE;
}

static BOOLEAN NTAPI
ledger_isr(PKINTERRUPT interrupt, PVOID context)
{
    ledger_t *l = context;

    (void)interrupt;
    return l->limit != 0;
}

static NTSTATUS NTAPI
ledger_write(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    KeSynchronizeExecution(ledger.interrupt, ledger_set_limit, &ledger);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS
ledger_connect(void)
{
    KeInitializeTimer(&ledger.timer);
    KeInitializeDpc(&ledger.dpc, ledger_timeout, &ledger);
    return IoConnectInterrupt(&ledger.interrupt, ledger_isr, &ledger, NULL, 0x91, 9, 9, Latched, FALSE, 1, FALSE);
}

static void
ledger_disconnect(void)
{
    IoDisconnectInterrupt(ledger.interrupt);
    KeCancelTimer(&ledger.timer);
    KeFlushQueuedDpcs();
}

static NTSTATUS NTAPI
ledger_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
ledger_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    ledger_disconnect();
    IoDeleteDevice(ledger_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &ledger_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = ledger_connect();
    if (!NT_SUCCESS(status)) { IoDeleteDevice(ledger_device); return status; }
    driver->MajorFunction[IRP_MJ_WRITE] = ledger_write;
    driver->MajorFunction[IRP_MJ_CREATE] = ledger_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = ledger_create_close;
    driver->DriverUnload = ledger_unload;
    return STATUS_SUCCESS;
}
