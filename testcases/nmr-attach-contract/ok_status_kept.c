/* plane: after a failed attach the refusal is written to the registry, whose status is kept apart. */
#include <ntddk.h>
#include <netioddk.h>

#define PLANE_TAG 'nalP'

typedef struct _PLANE { PVOID Provider; const VOID *Dispatch; } PLANE, *PPLANE;

static HANDLE PlaneHandle;

static const NPIID PlaneNpiId = { 0xfe17e9e5, 0x5fca, 0x4fb2, { 0xca, 0x60, 0x72, 0x20, 0x17, 0x7d, 0x74, 0x64 } };
static const NPI_MODULEID PlaneModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x097c8c8f, 0x6511, 0x4dcc, { 0x69, 0xc4, 0x03, 0x5a, 0x7a, 0x79, 0xd7, 0x53 } }
};

static NTSTATUS
PlaneRecord(ULONG Refusals)
{
    return RtlWriteRegistryValue(RTL_REGISTRY_SERVICES, L"plane", L"Refusals", REG_DWORD, &Refusals, sizeof(Refusals));
}

static NTSTATUS NTAPI
PlaneAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PPLANE plane = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*plane), PLANE_TAG);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    if (plane == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, plane, NULL, &plane->Provider, &plane->Dispatch);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(plane, PLANE_TAG);
        (VOID) PlaneRecord(Instance->Number);
    }
    return status;
}

static NTSTATUS NTAPI
PlaneDetach(PVOID ClientBindingContext)
{
    ((PPLANE)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
PlaneCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, PLANE_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS PlaneCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = PlaneAttach,
    .ClientDetachProvider = PlaneDetach,
    .ClientCleanupBindingContext = PlaneCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &PlaneNpiId,
        .ModuleId = &PlaneModuleId,
    },
};

static VOID NTAPI
PlaneUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(PlaneHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(PlaneHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = PlaneUnload;
    return NmrRegisterClient(&PlaneCharacteristics, NULL, &PlaneHandle);
}
