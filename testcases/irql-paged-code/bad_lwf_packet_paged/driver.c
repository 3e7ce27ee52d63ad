#include "lwf.h"

static NDIS_HANDLE LwfDriverHandle;

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD LwfUnload;

#pragma NDIS_INIT_FUNCTION(DriverEntry)

static VOID NTAPI
LwfUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(LwfDriverHandle);
    LwfNpiStop();
    LwfModulesFree();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS chars;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    LwfModulesInitialize();
    status = LwfNpiStart();
    if (!NT_SUCCESS(status)) {
        return status;
    }

    NdisZeroMemory(&chars, sizeof(chars));
    chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    chars.Header.Size = sizeof(chars);
    chars.MajorNdisVersion = 6;
    chars.MinorNdisVersion = 30;
    chars.AttachHandler = LwfAttach;
    chars.DetachHandler = LwfDetach;
    chars.PauseHandler = LwfPause;
    chars.RestartHandler = LwfRestart;
    chars.SendNetBufferListsHandler = LwfSend;
    chars.SendNetBufferListsCompleteHandler = LwfSendComplete; // EXPECT: irql-paged-code
    DriverObject->DriverUnload = LwfUnload;

    status = NdisFRegisterFilterDriver(DriverObject, NULL, &chars, &LwfDriverHandle);
    if (status != NDIS_STATUS_SUCCESS) {
        LwfNpiStop();
        LwfModulesFree();
    }
    return status;
}
