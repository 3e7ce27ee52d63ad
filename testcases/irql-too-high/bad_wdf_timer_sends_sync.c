/* beacon: a framework timer sends a synchronous request to the target below. */
#include <ntddk.h>
#include <wdf.h>

#define IOCTL_BEACON_PING CTL_CODE(FILE_DEVICE_UNKNOWN, 0x900, METHOD_BUFFERED, FILE_ANY_ACCESS)

typedef struct _BEACON_CONTEXT {
    WDFIOTARGET Target;
    ULONG Pings;
} BEACON_CONTEXT, *PBEACON_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(BEACON_CONTEXT, BeaconGetContext)

EVT_WDF_TIMER BeaconTick;
EVT_WDF_DRIVER_DEVICE_ADD BeaconDeviceAdd;
DRIVER_INITIALIZE DriverEntry;

static NTSTATUS
BeaconPing(PBEACON_CONTEXT Context)
{
    Context->Pings++;
    return WdfIoTargetSendIoctlSynchronously(Context->Target, NULL, IOCTL_BEACON_PING, NULL, NULL, NULL, NULL); // EXPECT: irql-too-high
}

VOID
BeaconTick(WDFTIMER Timer)
{
    PBEACON_CONTEXT context = BeaconGetContext(WdfTimerGetParentObject(Timer));

    if (!NT_SUCCESS(BeaconPing(context))) {
        WdfTimerStop(Timer, FALSE);
    }
}

NTSTATUS
BeaconDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_TIMER_CONFIG config;
    WDFDEVICE device;
    WDFTIMER timer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Driver);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, BEACON_CONTEXT);
    status = WdfDeviceCreate(&DeviceInit, &attributes, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    BeaconGetContext(device)->Target = WdfDeviceGetIoTarget(device);
    WDF_TIMER_CONFIG_INIT_PERIODIC(&config, BeaconTick, 1000);
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = device;
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

    WDF_DRIVER_CONFIG_INIT(&config, BeaconDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &config, WDF_NO_HANDLE);
}
