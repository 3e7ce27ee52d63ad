/* skua: the client event ends the registration that it belongs to. */
#include <ntddk.h>
#include <wsk.h>

static WSK_REGISTRATION SkuaRegistration;
static volatile LONG SkuaUp;

static VOID
SkuaDown(VOID)
{
    if (InterlockedExchange(&SkuaUp, 0) != 0) {
        WskDeregister(&SkuaRegistration); // EXPECT: nmr-callback-deadlock
    }
}

static NTSTATUS WSKAPI
SkuaEvent(PVOID ClientContext, ULONG EventType, PVOID Information, SIZE_T InformationLength)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(EventType);
    UNREFERENCED_PARAMETER(Information);
    UNREFERENCED_PARAMETER(InformationLength);
    SkuaDown();
    return STATUS_SUCCESS;
}

static const WSK_CLIENT_DISPATCH SkuaDispatch = { MAKE_WSK_VERSION(1, 0), 0, SkuaEvent };

static NTSTATUS
SkuaStart(VOID)
{
    WSK_CLIENT_NPI npi = { NULL, &SkuaDispatch };
    NTSTATUS status;

    InterlockedExchange(&SkuaUp, 1);
    status = WskRegister(&npi, &SkuaRegistration);
    if (!NT_SUCCESS(status)) {
        InterlockedExchange(&SkuaUp, 0);
        return status;
    }
    return STATUS_SUCCESS;
}

static VOID NTAPI
SkuaUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    SkuaDown();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = SkuaUnload;
    return SkuaStart();
}
