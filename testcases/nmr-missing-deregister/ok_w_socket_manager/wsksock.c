/* Good: a socket manager with three states; stop goes back from whatever state start has reached. */
#include "wsksock.h"

static const WSK_CLIENT_DISPATCH SockDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };

NTSTATUS SockManagerStart(PSOCK_MANAGER Manager, ULONG Timeout)
{
    WSK_CLIENT_NPI ClientNpi;
    NTSTATUS Status;

    ClientNpi.ClientContext = Manager;
    ClientNpi.Dispatch = &SockDispatch;
    Manager->State = SOCK_STATE_NONE;
    Status = WskRegister(&ClientNpi, &Manager->Registration);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Manager->State = SOCK_STATE_REGISTERED;
    Status = WskCaptureProviderNPI(&Manager->Registration, Timeout, &Manager->Npi);
    if (NT_SUCCESS(Status)) {
        Manager->State = SOCK_STATE_CAPTURED;
    }
    return Status;
}

VOID SockManagerStop(PSOCK_MANAGER Manager)
{
    if (Manager->State == SOCK_STATE_CAPTURED) {
        WskReleaseProviderNPI(&Manager->Registration);
        Manager->State = SOCK_STATE_REGISTERED;
    }
    if (Manager->State == SOCK_STATE_REGISTERED) {
        WskDeregister(&Manager->Registration);
        Manager->State = SOCK_STATE_NONE;
    }
}

static NTSTATUS NTAPI SockComplete(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(Irp);
    KeSetEvent(Context, IO_NO_INCREMENT, FALSE);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

NTSTATUS SockCreateDatagram(PSOCK_MANAGER Manager, PWSK_SOCKET *Socket)
{
    KEVENT Event;
    NTSTATUS Status;
    PIRP Irp;

    Irp = IoAllocateIrp(1, FALSE);
    if (Irp == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeEvent(&Event, SynchronizationEvent, FALSE);
    IoSetCompletionRoutine(Irp, SockComplete, &Event, TRUE, TRUE, TRUE);
    Status = Manager->Npi.Dispatch->WskSocket(Manager->Npi.Client, AF_INET, SOCK_DGRAM, 17, WSK_FLAG_DATAGRAM_SOCKET,
        NULL, NULL, NULL, NULL, NULL, Irp);
    if (Status == STATUS_PENDING) {
        KeWaitForSingleObject(&Event, Executive, KernelMode, FALSE, NULL);
        Status = Irp->IoStatus.Status;
    }
    if (NT_SUCCESS(Status)) {
        *Socket = (PWSK_SOCKET)Irp->IoStatus.Information;
    }
    IoFreeIrp(Irp);
    return Status;
}
