#include "flow.h"

PDEVICE_OBJECT FlowDevice;

enum { FLOW_HAVE_DEVICE = 1, FLOW_HAVE_CALLOUT = 2, FLOW_HAVE_NMR = 4 };

static ULONG FlowHave;

static VOID
FlowTearDown(VOID)
{
    if (FlowHave & FLOW_HAVE_CALLOUT) {
        FlowCalloutStop();
    }
    if (FlowHave & FLOW_HAVE_NMR) {
        FlowNmrStop();
    }
    if (FlowHave & FLOW_HAVE_DEVICE) {
        IoDeleteDevice(FlowDevice);
    }
    FlowHave = 0;
}

static VOID NTAPI
FlowUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    FlowTearDown();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &FlowDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    FlowHave |= FLOW_HAVE_DEVICE;

    status = FlowNmrStart();
    if (!NT_SUCCESS(status)) {
        FlowTearDown();
        return status;
    }
    FlowHave |= FLOW_HAVE_NMR;

    status = FlowCalloutStart(FlowDevice);
    if (!NT_SUCCESS(status)) {
        FlowTearDown();
        return status;
    }
    FlowHave |= FLOW_HAVE_CALLOUT;

    DriverObject->DriverUnload = FlowUnload;
    return STATUS_SUCCESS;
}
