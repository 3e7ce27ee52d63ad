// jackdaw: opens one listening socket for its life; a socket that can't be made leaves the provider's NPI captured.
#include <ntddk.h>
#include <wsk.h>

static const WSK_CLIENT_DISPATCH JackdawDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION JackdawRegistration;
static WSK_PROVIDER_NPI JackdawProvider;
static PWSK_SOCKET JackdawSocket;

static NTSTATUS NTAPI
JackdawDone(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
    (void)DeviceObject;
    (void)Irp;
    KeSetEvent(Context, IO_NO_INCREMENT, FALSE);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

static NTSTATUS
JackdawOpen(void)
{
    KEVENT event;
    PIRP irp;
    NTSTATUS status;

    irp = IoAllocateIrp(1, FALSE);
    if (irp == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    KeInitializeEvent(&event, NotificationEvent, FALSE);
    IoSetCompletionRoutine(irp, JackdawDone, &event, TRUE, TRUE, TRUE);
    status = JackdawProvider.Dispatch->WskSocket(JackdawProvider.Client, AF_INET, SOCK_STREAM, IPPROTO_TCP, WSK_FLAG_LISTEN_SOCKET, NULL, NULL, NULL, NULL, NULL, irp);
    if (status == STATUS_PENDING) {
        KeWaitForSingleObject(&event, Executive, KernelMode, FALSE, NULL);
        status = irp->IoStatus.Status;
    }
    if (NT_SUCCESS(status))
        JackdawSocket = (PWSK_SOCKET)irp->IoStatus.Information;
    IoFreeIrp(irp);
    return status;
}

static VOID NTAPI
JackdawUnload(PDRIVER_OBJECT DriverObject)
{
    (void)DriverObject;
    JackdawSocket = NULL;
    WskReleaseProviderNPI(&JackdawRegistration);
    WskDeregister(&JackdawRegistration);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI npi = { NULL, &JackdawDispatch };
    NTSTATUS status;

    (void)RegistryPath;
    status = WskRegister(&npi, &JackdawRegistration);
    if (!NT_SUCCESS(status))
        return status;
    status = WskCaptureProviderNPI(&JackdawRegistration, WSK_INFINITE_WAIT, &JackdawProvider); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(status)) {
        WskDeregister(&JackdawRegistration);
        return status;
    }
    status = JackdawOpen();
    if (!NT_SUCCESS(status)) {
        WskDeregister(&JackdawRegistration);
        return status;
    }
    DriverObject->DriverUnload = JackdawUnload;
    return STATUS_SUCCESS;
}
