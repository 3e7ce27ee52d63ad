/* signalfire: the timer's execution level is passive, so the synchronous send is fine. */
#include <ntddk.h>
#include <wdf.h>

#define IOCTL_FIRE_PING CTL_CODE(FILE_DEVICE_UNKNOWN, 0x901, METHOD_BUFFERED, FILE_ANY_ACCESS)

typedef struct _FIRE_CONTEXT {
    WDFIOTARGET Target;
    ULONG Pings;
} FIRE_CONTEXT, *PFIRE_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(FIRE_CONTEXT, FireGetContext)

EVT_WDF_TIMER FireTick;
EVT_WDF_DRIVER_DEVICE_ADD FireDeviceAdd;
DRIVER_INITIALIZE DriverEntry;

VOID
FireTick(WDFTIMER Timer)
{
    PFIRE_CONTEXT context = FireGetContext(WdfTimerGetParentObject(Timer));

    context->Pings++;
    (VOID)WdfIoTargetSendIoctlSynchronously(context->Target, NULL, IOCTL_FIRE_PING, NULL, NULL, NULL, NULL);
}

NTSTATUS
FireDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_TIMER_CONFIG config;
    WDFDEVICE device;
    WDFTIMER timer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, FIRE_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    FireGetContext(device)->Target = WdfDeviceGetIoTarget(device);
    WDF_TIMER_CONFIG_INIT(&config, FireTick);
    config.AutomaticSerialization = FALSE;
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
    attributes.ExecutionLevel = WdfExecutionLevelPassive;
    status = WdfTimerCreate(&config, &attributes, &timer);
    if (NT_SUCCESS(status)) {
        WdfTimerStart(timer, WDF_REL_TIMEOUT_IN_SEC(1));
    }
    return status;
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG config;

    WDF_DRIVER_CONFIG_INIT(&config, FireDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
}
