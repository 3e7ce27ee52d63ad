/* Defect: on the path on which no provider is found the WSK registration's memory is freed and never deregistered. */
#include <ntddk.h>
#include <wsk.h>

#define QUAIL_TAG 'iauQ'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD QuailUnload;

static const WSK_CLIENT_DISPATCH QuailDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };

typedef struct _QUAIL {
    WSK_REGISTRATION Registration;
    WSK_PROVIDER_NPI Provider;
} QUAIL, *PQUAIL;

static PQUAIL g_Quail;

static NTSTATUS QuailOpen(PQUAIL *Result)
{
    WSK_CLIENT_NPI ClientNpi = { NULL, &QuailDispatch };
    PQUAIL Quail;
    NTSTATUS Status;

    Quail = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Quail), QUAIL_TAG);
    if (Quail == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = WskRegister(&ClientNpi, &Quail->Registration);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Quail, QUAIL_TAG);
        return Status;
    }
    Status = WskCaptureProviderNPI(&Quail->Registration, 5000, &Quail->Provider);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Quail, QUAIL_TAG); // EXPECT: nmr-freed-while-registered
        return Status;
    }
    *Result = Quail;
    return STATUS_SUCCESS;
}

static VOID QuailClose(PQUAIL Quail)
{
    WskReleaseProviderNPI(&Quail->Registration);
    WskDeregister(&Quail->Registration);
    ExFreePoolWithTag(Quail, QUAIL_TAG);
}

VOID NTAPI QuailUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    QuailClose(g_Quail);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = QuailUnload;
    return QuailOpen(&g_Quail);
}
