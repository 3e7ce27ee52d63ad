// pipit: the module object holds the registration; its destructor frees the object before the deregister call in unload.
#include <ntddk.h>
#include <wsk.h>

typedef struct _PIPIT {
    LONG References;
    WSK_CLIENT_DISPATCH Dispatch;
    WSK_REGISTRATION Registration;
    PVOID Buffer;
} PIPIT, *PPIPIT;

static PPIPIT Pipit;

static VOID
PipitDestroy(PPIPIT Object)
{
    if (Object->Buffer != NULL) {
        ExFreePoolWithTag(Object->Buffer, 'tpiP');
    }
    ExFreePoolWithTag(Object, 'tpiP');
}

static VOID NTAPI
PipitUnload(PDRIVER_OBJECT DriverObject)
{
    WSK_REGISTRATION *registration = &Pipit->Registration;

    UNREFERENCED_PARAMETER(DriverObject);
    PipitDestroy(Pipit); // EXPECT: nmr-freed-while-registered
    WskDeregister(registration);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI npi;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Pipit = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Pipit), 'tpiP');
    if (Pipit == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Pipit->Dispatch.Version = MAKE_WSK_VERSION(1, 0);
    npi.ClientContext = Pipit;
    npi.Dispatch = &Pipit->Dispatch;
    status = WskRegister(&npi, &Pipit->Registration);
    if (!NT_SUCCESS(status)) {
        PipitDestroy(Pipit);
        return status;
    }
    DriverObject->DriverUnload = PipitUnload;
    return STATUS_SUCCESS;
}
