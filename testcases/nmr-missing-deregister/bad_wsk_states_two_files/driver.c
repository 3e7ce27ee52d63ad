/* rook: one enumeration says how far the network side got, and the last step is not noted. (Twin: ok_wsk_states_two_files) */
#include "net.h"

static NET RookNet;
static PDEVICE_OBJECT RookDevice;

static VOID NTAPI
RookUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NetStop(&RookNet);
    IoDeleteDevice(RookDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = NetStart(&RookNet, 5000);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &RookDevice);
    if (!NT_SUCCESS(status)) {
        NetStop(&RookNet);
        return status;
    }
    DriverObject->DriverUnload = RookUnload;
    return STATUS_SUCCESS;
}
