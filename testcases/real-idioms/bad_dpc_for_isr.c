/* marl: the DPC of a device's interrupt asks for what is only allowed up to APC_LEVEL. */
#include <ntddk.h>

static IO_DPC_ROUTINE marl_dpc;

static VOID NTAPI
marl_dpc(PKDPC dpc, PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
    UNREFERENCED_PARAMETER(dpc);
    UNREFERENCED_PARAMETER(device);
    UNREFERENCED_PARAMETER(irp);
    UNREFERENCED_PARAMETER(context);
    IoGetInitialStack(); // EXPECT: irql-too-high
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(path);
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
    if (NT_SUCCESS(status))
        IoInitializeDpcRequest(device, marl_dpc);
    return status;
}
