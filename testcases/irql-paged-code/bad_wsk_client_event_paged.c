/* wigeon: the client event callback of a WSK registration is pageable. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD WigeonUnload;
static NTSTATUS WSKAPI WigeonEvent(PVOID ClientContext, ULONG EventType, PVOID Information, SIZE_T InformationLength);

#pragma alloc_text(INIT, DriverEntry)
#pragma alloc_text(PAGE, WigeonUnload)
#pragma alloc_text(PAGE, WigeonEvent)

static WSK_REGISTRATION WigeonRegistration;
static ULONG WigeonEvents;

static const WSK_CLIENT_DISPATCH WigeonDispatch = {
    MAKE_WSK_VERSION(1, 0),
    0,
    WigeonEvent // EXPECT: irql-paged-code
};

static NTSTATUS WSKAPI
WigeonEvent(PVOID ClientContext, ULONG EventType, PVOID Information, SIZE_T InformationLength)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(EventType);
    UNREFERENCED_PARAMETER(Information);
    UNREFERENCED_PARAMETER(InformationLength);
    WigeonEvents++;
    return STATUS_SUCCESS;
}

VOID NTAPI
WigeonUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    PAGED_CODE();
    WskDeregister(&WigeonRegistration);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI npi = { NULL, &WigeonDispatch };

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = WigeonUnload;
    return WskRegister(&npi, &WigeonRegistration);
}
