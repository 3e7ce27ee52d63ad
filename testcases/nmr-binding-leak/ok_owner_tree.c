/* rigging: the binding belongs to a rig object of the driver's list; unload frees the rigs, with their bindings, when the NMR is done. */
#include <ntddk.h>
#include <netioddk.h>

#define RIG_TAG 'gniR'

typedef struct _RIG_BINDING { PVOID Provider; const VOID *Dispatch; ULONG Ropes; } RIG_BINDING, *PRIG_BINDING;

typedef struct _RIG { struct _RIG *Next; ULONG Number; PRIG_BINDING Binding; } RIG, *PRIG;

static PRIG Rigs;
static HANDLE RigHandle;

static const NPIID RigNpiId = { 0xc33be6be, 0x3c6c, 0x49fc, { 0x7a, 0xc3, 0x1c, 0x87, 0x0f, 0x78, 0x6d, 0x8f } };
static const NPI_MODULEID RigModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x915058fb, 0x555a, 0x420e, { 0x4a, 0xc1, 0xfb, 0x3b, 0x2e, 0x52, 0xb0, 0x59 } }
};

static NTSTATUS NTAPI
RigAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PRIG rig;

    UNREFERENCED_PARAMETER(ClientContext);
    for (rig = Rigs; rig != NULL; rig = rig->Next) {
        if (rig->Number == Instance->Number) {
            return NmrClientAttachProvider(NmrBindingHandle, rig->Binding, NULL, &rig->Binding->Provider, &rig->Binding->Dispatch);
        }
    }
    return STATUS_NOINTERFACE;
}

static NTSTATUS NTAPI
RigDetach(PVOID ClientBindingContext)
{
    ((PRIG_BINDING)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS RigCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = RigAttach,
    .ClientDetachProvider = RigDetach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &RigNpiId,
        .ModuleId = &RigModuleId,
    },
};

static VOID
RigFreeAll(VOID)
{
    PRIG rig;

    while ((rig = Rigs) != NULL) {
        Rigs = rig->Next;
        if (rig->Binding != NULL) {
            ExFreePoolWithTag(rig->Binding, RIG_TAG);
        }
        ExFreePoolWithTag(rig, RIG_TAG);
    }
}

static BOOLEAN
RigAdd(ULONG Number)
{
    PRIG rig = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*rig), RIG_TAG);

    if (rig == NULL) {
        return FALSE;
    }
    rig->Number = Number;
    rig->Next = Rigs;
    Rigs = rig;
    rig->Binding = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*rig->Binding), RIG_TAG);
    return rig->Binding != NULL;
}

static VOID NTAPI
RigUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(RigHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(RigHandle);
    }
    RigFreeAll();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);
    for (i = 0; i < 3; i++) {
        if (!RigAdd(i)) {
            RigFreeAll();
            return STATUS_INSUFFICIENT_RESOURCES;
        }
    }
    status = NmrRegisterClient(&RigCharacteristics, NULL, &RigHandle);
    if (!NT_SUCCESS(status)) {
        RigFreeAll();
        return status;
    }
    DriverObject->DriverUnload = RigUnload;
    return STATUS_SUCCESS;
}
