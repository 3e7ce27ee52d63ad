/*
 * Defect: the instance's Size is the size of the characteristics.
 * (Twin: ok_instance_version.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ThymeUnload;

static HANDLE ThymeHandle;
static const NPIID ThymeNpiId = { 0xfc4ca83c, 0xe155, 0x4922, { 0x8a, 0xec, 0xa2, 0xde, 0xc4, 0xc5, 0x46, 0x24 } };
static const NPI_MODULEID ThymeModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xad82e8b7, 0xd983, 0x4d5d, { 0x8e, 0x15, 0xf2, 0x53, 0xd6, 0x55, 0x96, 0x32 } } }
};
static const ULONG ThymeDispatch = 2;
static struct { PVOID Context; const VOID *Dispatch; } ThymePeer;

static NTSTATUS NTAPI ThymeAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &ThymePeer, &ThymeDispatch, &ThymePeer.Context, &ThymePeer.Dispatch);
}

static NTSTATUS NTAPI ThymeDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    ThymePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ThymeClient = {
    3,
    sizeof(NPI_CLIENT_CHARACTERISTICS),
    ThymeAttach,
    ThymeDetach,
    NULL,
    {
        1,
        sizeof(NPI_CLIENT_CHARACTERISTICS),
        &ThymeNpiId,
        &ThymeModuleId,
        0,
        NULL
    }
};

VOID NTAPI ThymeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(ThymeHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(ThymeHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ThymeUnload;
    return NmrRegisterClient(&ThymeClient, NULL, &ThymeHandle); // EXPECT: nmr-bad-characteristics
}
