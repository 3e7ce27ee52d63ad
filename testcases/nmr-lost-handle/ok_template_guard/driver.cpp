/*
 * Good: the owner of the handle is told to release it when DriverEntry succeeds, into the global that unload ends.
 * (Twin: bad_released_and_dropped)
 */
#include "unique.hpp"

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" DRIVER_UNLOAD NickelUnload;

static HANDLE NickelHandle;
static PDEVICE_OBJECT NickelDevice;
static ULONG NickelDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } NickelPeer;
static NPIID NickelNpiId = { 0x35357b9f, 0x30fa, 0x4db3, { 0x8c, 0xe0, 0xe3, 0x02, 0xb0, 0x85, 0x7c, 0xa5 } };
static NPI_MODULEID NickelModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xaa14183c, 0x2e08, 0x47c2, { 0x8b, 0xd1, 0x0f, 0xa3, 0xa0, 0x8c, 0x6e, 0x49 } } } };

static NTSTATUS NTAPI NickelAttach(HANDLE Binding, PVOID, PNPI_REGISTRATION_INSTANCE)
{
    return NmrClientAttachProvider(Binding, &NickelPeer, &NickelDispatch, &NickelPeer.Context, &NickelPeer.Dispatch);
}

static NTSTATUS NTAPI NickelDetach(PVOID)
{
    NickelPeer.Dispatch = nullptr;
    return STATUS_SUCCESS;
}

static NPI_CLIENT_CHARACTERISTICS NickelClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), NickelAttach, NickelDetach, nullptr,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &NickelNpiId, &NickelModuleId, 0, nullptr }
};

extern "C" VOID NTAPI NickelUnload(PDRIVER_OBJECT)
{
    if (NickelHandle != nullptr) {
        ClientTraits::End(NickelHandle);
    }
    IoDeleteDevice(NickelDevice);
}

extern "C" NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING)
{
    Unique<ClientTraits> client;
    HANDLE handle;

    NTSTATUS status = NmrRegisterClient(&NickelClient, nullptr, &handle);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    *client.put() = handle;

    status = IoCreateDevice(DriverObject, 0, nullptr, FILE_DEVICE_NETWORK, 0, FALSE, &NickelDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    NickelHandle = client.release();
    DriverObject->DriverUnload = NickelUnload;
    return STATUS_SUCCESS;
}
