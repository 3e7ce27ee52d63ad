/* skua: the client event wakes the thread that ends the registration. */
#include <ntddk.h>
#include <wsk.h>

static WSK_REGISTRATION SkuaRegistration;
static volatile LONG SkuaUp;
static KEVENT SkuaLost;
static PVOID SkuaThread;

static VOID
SkuaDown(VOID)
{
    if (InterlockedExchange(&SkuaUp, 0) != 0) {
        WskDeregister(&SkuaRegistration);
    }
}

static NTSTATUS WSKAPI
SkuaEvent(PVOID ClientContext, ULONG EventType, PVOID Information, SIZE_T InformationLength)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(EventType);
    UNREFERENCED_PARAMETER(Information);
    UNREFERENCED_PARAMETER(InformationLength);
    KeSetEvent(&SkuaLost, IO_NO_INCREMENT, FALSE);
    return STATUS_SUCCESS;
}

static const WSK_CLIENT_DISPATCH SkuaDispatch = { MAKE_WSK_VERSION(1, 0), 0, SkuaEvent };

static VOID NTAPI
SkuaRun(PVOID Context)
{
    UNREFERENCED_PARAMETER(Context);
    KeWaitForSingleObject(&SkuaLost, Executive, KernelMode, FALSE, NULL);
    SkuaDown();
    PsTerminateSystemThread(STATUS_SUCCESS);
}

static NTSTATUS
SkuaStart(VOID)
{
    WSK_CLIENT_NPI npi = { NULL, &SkuaDispatch };
    NTSTATUS status;
    HANDLE thread;

    KeInitializeEvent(&SkuaLost, NotificationEvent, FALSE);

    InterlockedExchange(&SkuaUp, 1);
    status = WskRegister(&npi, &SkuaRegistration);
    if (!NT_SUCCESS(status)) {
        InterlockedExchange(&SkuaUp, 0);
        return status;
    }
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, SkuaRun, NULL);
    if (!NT_SUCCESS(status)) {
        SkuaDown();
        return status;
    }
    ObReferenceObjectByHandle(thread, SYNCHRONIZE, *PsThreadType, KernelMode, &SkuaThread, NULL);
    ZwClose(thread);
    return STATUS_SUCCESS;
}

static VOID NTAPI
SkuaUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeSetEvent(&SkuaLost, IO_NO_INCREMENT, FALSE);
    KeWaitForSingleObject(SkuaThread, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(SkuaThread);
    SkuaDown();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = SkuaUnload;
    return SkuaStart();
}
