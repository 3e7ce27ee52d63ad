/* kelp: a KMDF filter that forwards reads and keeps a count.  */
#include <ntddk.h>
#include <wdf.h>

static WDFSPINLOCK KelpLock;
static ULONG KelpReads;

static EVT_WDF_DRIVER_DEVICE_ADD KelpDeviceAdd;
static EVT_WDF_IO_QUEUE_IO_READ KelpRead;
static EVT_WDF_REQUEST_COMPLETION_ROUTINE KelpReadDone;

static VOID
KelpCount(NTSTATUS Status)
{
    WdfSpinLockAcquire(KelpLock);
    if (NT_SUCCESS(Status)) {
        KelpReads++;
    }
    WdfSpinLockRelease(KelpLock);
}

static VOID
KelpReadDone(WDFREQUEST Request, WDFIOTARGET Target, PWDF_REQUEST_COMPLETION_PARAMS Params, WDFCONTEXT Context)
{
    UNREFERENCED_PARAMETER(Target);
    UNREFERENCED_PARAMETER(Context);
    KelpCount(Params->IoStatus.Status);
    WdfRequestComplete(Request, Params->IoStatus.Status);
}

static VOID
KelpRead(WDFQUEUE Queue, WDFREQUEST Request, size_t Length)
{
    WDFIOTARGET target = WdfDeviceGetIoTarget(WdfIoQueueGetDevice(Queue));

    UNREFERENCED_PARAMETER(Length);
    WdfRequestFormatRequestUsingCurrentType(Request);
    WdfRequestSetCompletionRoutine(Request, KelpReadDone, NULL);
    if (!WdfRequestSend(Request, target, WDF_NO_SEND_OPTIONS)) {
        WdfRequestComplete(Request, WdfRequestGetStatus(Request));
    }
}

static NTSTATUS
KelpDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT Init)
{
    WDF_IO_QUEUE_CONFIG config;
    WDFDEVICE device;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    WdfFdoInitSetFilter(Init);
    status = WdfDeviceCreate(&Init, WDF_NO_OBJECT_ATTRIBUTES, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_IO_QUEUE_CONFIG_INIT_DEFAULT_QUEUE(&config, WdfIoQueueDispatchParallel);
    config.EvtIoRead = KelpRead;
    return WdfIoQueueCreate(device, &config, WDF_NO_OBJECT_ATTRIBUTES, WDF_NO_HANDLE);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;
    NTSTATUS status;

    WDF_DRIVER_CONFIG_INIT(&config, KelpDeviceAdd);
    status = WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return WdfSpinLockCreate(WDF_NO_OBJECT_ATTRIBUTES, &KelpLock);
}
