/*
 * Defect: a guard object is to undo the registration when DriverEntry fails; it is disarmed before the last step that
 * can fail.
 * (Twin: ok_raii_guard.cpp)
 */
#include <ntddk.h>
#include <netioddk.h>

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" DRIVER_UNLOAD LapwingUnload;

static HANDLE LapwingHandle;
static PDEVICE_OBJECT LapwingDevice;
static struct { PVOID Context; const VOID *Dispatch; } LapwingPeer;
static ULONG LapwingDispatch = 1;
static NPIID LapwingNpiId = { 0x38060d2a, 0x48af, 0x494e, { 0x83, 0x5f, 0xb2, 0x05, 0xed, 0xbd, 0x7c, 0x14 } };
static NPI_MODULEID LapwingModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x5bb8abc4, 0xe923, 0x4286, { 0x83, 0xfb, 0x85, 0xc1, 0x96, 0xa8, 0xb7, 0xa2 } } } };

static NTSTATUS NTAPI LapwingAttach(HANDLE Binding, PVOID, PNPI_REGISTRATION_INSTANCE)
{
    return NmrClientAttachProvider(Binding, &LapwingPeer, &LapwingDispatch, &LapwingPeer.Context, &LapwingPeer.Dispatch);
}

static NTSTATUS NTAPI LapwingDetach(PVOID)
{
    LapwingPeer.Dispatch = nullptr;
    return STATUS_SUCCESS;
}

static NPI_CLIENT_CHARACTERISTICS LapwingClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), LapwingAttach, LapwingDetach, nullptr,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &LapwingNpiId, &LapwingModuleId, 0, nullptr }
};

static void LapwingEnd()
{
    if (NmrDeregisterClient(LapwingHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(LapwingHandle);
    }
}

class Guard {
public:
    Guard() = default;
    Guard(const Guard &) = delete;
    Guard &operator=(const Guard &) = delete;
    ~Guard()
    {
        if (armed_) {
            LapwingEnd();
        }
    }
    void disarm() { armed_ = false; }

private:
    bool armed_ = true;
};

extern "C" VOID NTAPI LapwingUnload(PDRIVER_OBJECT)
{
    LapwingEnd();
    IoDeleteDevice(LapwingDevice);
}

extern "C" NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING)
{
    NTSTATUS status = NmrRegisterClient(&LapwingClient, nullptr, &LapwingHandle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(status)) {
        return status;
    }
    Guard guard;

    DriverObject->DriverUnload = LapwingUnload;
    guard.disarm();
    status = IoCreateDevice(DriverObject, 0, nullptr, FILE_DEVICE_NETWORK, 0, FALSE, &LapwingDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return STATUS_SUCCESS;
}
