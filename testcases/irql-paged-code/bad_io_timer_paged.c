/* puffin: the once-a-second timer routine is pageable. */
#include <ntddk.h>

static IO_TIMER_ROUTINE PuffinSecond;
static DRIVER_UNLOAD PuffinUnload;

#pragma alloc_text(PAGE, PuffinSecond)
#pragma alloc_text(PAGE, PuffinUnload)

static PDEVICE_OBJECT PuffinDevice;

static VOID NTAPI
PuffinSecond(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    *(PULONG)Context += 1;
}

static VOID NTAPI
PuffinUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    PAGED_CODE();
    IoStopTimer(PuffinDevice);
    IoDeleteDevice(PuffinDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, sizeof(ULONG), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &PuffinDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = IoInitializeTimer(PuffinDevice, PuffinSecond, PuffinDevice->DeviceExtension); // EXPECT: irql-paged-code
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(PuffinDevice);
        return status;
    }
    IoStartTimer(PuffinDevice);
    DriverObject->DriverUnload = PuffinUnload;
    return STATUS_SUCCESS;
}
