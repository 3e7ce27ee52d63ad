#include "harbor.h"

static HANDLE HarborHandle;

static const NPIID HarborNpiId = { 0x413886c6, 0xde27, 0x4db2, { 0xa0, 0xc9, 0xac, 0xd5, 0xf7, 0x36, 0x65, 0xff } };
static const NPI_MODULEID HarborModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0xa9aef48b, 0x34e0, 0x44ef, { 0x9a, 0x17, 0x25, 0xa6, 0x92, 0xc1, 0x37, 0x44 } }
};

static NTSTATUS NTAPI
HarborAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PHARBOR harbor = ClientContext;
    NTSTATUS status;

    if (Instance->Number >= HarborDocks(harbor)) {
        return STATUS_NOINTERFACE;
    }
    KeEnterCriticalRegion();
    KeAcquireGuardedMutex(&harbor->Mutex);
    status = NmrClientAttachProvider(NmrBindingHandle, harbor, NULL, &harbor->Provider, &harbor->Dispatch);
    KeReleaseGuardedMutex(&harbor->Mutex);
    KeLeaveCriticalRegion();
    return status;
}

static NTSTATUS NTAPI
HarborDetach(PVOID ClientBindingContext)
{
    ((PHARBOR)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS HarborCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), HarborAttach, HarborDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &HarborNpiId, &HarborModuleId, 0, NULL }
};

NTSTATUS
HarborJoin(PHARBOR Harbor)
{
    NTSTATUS status;

    status = NmrRegisterClient(&HarborCharacteristics, Harbor, &HarborHandle);
    KeAcquireGuardedMutex(&Harbor->Mutex);
    if (NT_SUCCESS(status)) {
        Harbor->Taken = 1;
    }
    KeReleaseGuardedMutex(&Harbor->Mutex);
    return status;
}

VOID
HarborLeave(VOID)
{
    if (NmrDeregisterClient(HarborHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(HarborHandle);
    }
}
