/* Good: one stop for start failure and unload; two booleans say what there is to undo. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SmelterUnload;

static const WSK_CLIENT_DISPATCH SmelterDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };

typedef struct _SMELTER {
    WSK_REGISTRATION Registration;
    WSK_PROVIDER_NPI Npi;
    struct {
        ULONG Registered : 1;
        ULONG Captured : 1;
    } Flags;
} SMELTER, *PSMELTER;

static SMELTER Smelter;

static VOID SmelterStop(PSMELTER This)
{
    if (This->Flags.Captured) {
        WskReleaseProviderNPI(&This->Registration);
        This->Flags.Captured = 0;
    }
    if (This->Flags.Registered) {
        WskDeregister(&This->Registration);
        This->Flags.Registered = 0;
    }
}

static NTSTATUS SmelterStart(PSMELTER This)
{
    WSK_CLIENT_NPI ClientNpi = { This, &SmelterDispatch };
    NTSTATUS Status = WskRegister(&ClientNpi, &This->Registration);

    if (NT_SUCCESS(Status)) {
        This->Flags.Registered = 1;
        Status = WskCaptureProviderNPI(&This->Registration, WSK_INFINITE_WAIT, &This->Npi);
        if (NT_SUCCESS(Status)) {
            This->Flags.Captured = 1;
        }
    }
    return Status;
}

VOID NTAPI SmelterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    SmelterStop(&Smelter);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = SmelterStart(&Smelter);
    if (!NT_SUCCESS(Status)) {
        SmelterStop(&Smelter);
    } else {
        DriverObject->DriverUnload = SmelterUnload;
    }
    return Status;
}
