/* One listening socket; whatever comes in is accepted by the event callback at up to DISPATCH_LEVEL and handed to the worker. */
#include "server.h"

static NTSTATUS NTAPI NuthatchAccept(PVOID SocketContext, ULONG Flags, PSOCKADDR Local, PSOCKADDR Remote, PWSK_SOCKET Socket, PVOID *AcceptContext,
                                     const WSK_CLIENT_CONNECTION_DISPATCH **AcceptDispatch);

static const WSK_CLIENT_LISTEN_DISPATCH NuthatchListenDispatch = { NuthatchAccept, NULL, NULL };
static const WSK_CLIENT_DISPATCH NuthatchDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };

static WSK_REGISTRATION NuthatchRegistration;
static PWSK_SOCKET NuthatchListener;

PNUTHATCH_OP
NuthatchOpNew(NUTHATCH_WORK *Work, PWSK_SOCKET Socket)
{
    PNUTHATCH_OP op = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*op), NUTHATCH_TAG);

    if (op == NULL) {
        return NULL;
    }
    op->Irp = IoAllocateIrp(1, FALSE);
    if (op->Irp == NULL) {
        ExFreePoolWithTag(op, NUTHATCH_TAG);
        return NULL;
    }
    op->Work = Work;
    op->Socket = Socket;
    return op;
}

VOID
NuthatchOpFree(PNUTHATCH_OP Op)
{
    if (Op->Data != NULL) {
        ExFreePoolWithTag(Op->Data, NUTHATCH_TAG);
    }
    IoFreeIrp(Op->Irp);
    ExFreePoolWithTag(Op, NUTHATCH_TAG);
}

static NTSTATUS NTAPI
NuthatchSignal(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(Irp);
    KeSetEvent(Context, IO_NO_INCREMENT, FALSE);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

static NTSTATUS NTAPI
NuthatchRequeue(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(Irp);
    NuthatchQueuePut(&NuthatchQueue, Context);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

static VOID
NuthatchClosed(PNUTHATCH_OP Op)
{
    NuthatchOpFree(Op);
}

static VOID
NuthatchClose(PNUTHATCH_OP Op)
{
    const WSK_PROVIDER_BASIC_DISPATCH *dispatch = Op->Socket->Dispatch;

    Op->Work = NuthatchClosed;
    IoReuseIrp(Op->Irp, STATUS_UNSUCCESSFUL);
    IoSetCompletionRoutine(Op->Irp, NuthatchRequeue, Op, TRUE, TRUE, TRUE);
    dispatch->WskCloseSocket(Op->Socket, Op->Irp);
}

static NTSTATUS NTAPI
NuthatchAccept(PVOID SocketContext, ULONG Flags, PSOCKADDR Local, PSOCKADDR Remote, PWSK_SOCKET Socket, PVOID *AcceptContext,
               const WSK_CLIENT_CONNECTION_DISPATCH **AcceptDispatch)
{
    PNUTHATCH_OP op;

    UNREFERENCED_PARAMETER(SocketContext);
    UNREFERENCED_PARAMETER(Flags);
    UNREFERENCED_PARAMETER(Local);
    UNREFERENCED_PARAMETER(Remote);
    if (Socket == NULL) {
        return STATUS_REQUEST_NOT_ACCEPTED;
    }
    op = NuthatchOpNew(NuthatchClose, Socket);
    if (op == NULL) {
        return STATUS_REQUEST_NOT_ACCEPTED;
    }
    *AcceptContext = op;
    *AcceptDispatch = NULL;
    NuthatchQueuePut(&NuthatchQueue, op);
    return STATUS_SUCCESS;
}

static NTSTATUS
NuthatchWait(NTSTATUS Status, PKEVENT Event, PIRP Irp)
{
    if (Status == STATUS_PENDING) {
        KeWaitForSingleObject(Event, Executive, KernelMode, FALSE, NULL);
        Status = Irp->IoStatus.Status;
    }
    return Status;
}

static NTSTATUS
NuthatchListen(PWSK_PROVIDER_NPI Provider, PIRP Irp, PKEVENT Event)
{
    NTSTATUS status;

    IoSetCompletionRoutine(Irp, NuthatchSignal, Event, TRUE, TRUE, TRUE);
    status = Provider->Dispatch->WskSocket(Provider->Client, AF_INET, SOCK_STREAM, IPPROTO_TCP, WSK_FLAG_LISTEN_SOCKET, NULL, &NuthatchListenDispatch, NULL,
                                           NULL, NULL, Irp);
    status = NuthatchWait(status, Event, Irp);
    if (NT_SUCCESS(status)) {
        NuthatchListener = (PWSK_SOCKET)Irp->IoStatus.Information;
    }
    return status;
}

NTSTATUS
NuthatchNetStart(VOID)
{
    WSK_CLIENT_NPI client = { NULL, &NuthatchDispatch };
    WSK_PROVIDER_NPI provider;
    BOOLEAN registered = TRUE, captured = FALSE;
    KEVENT event;
    PIRP irp;
    NTSTATUS status;

    KeInitializeEvent(&event, SynchronizationEvent, FALSE);
    irp = IoAllocateIrp(1, FALSE);
    if (irp == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = WskRegister(&client, &NuthatchRegistration);
    if (!NT_SUCCESS(status)) {
        goto Exit;
    }
    status = WskCaptureProviderNPI(&NuthatchRegistration, WSK_INFINITE_WAIT, &provider);
    if (!NT_SUCCESS(status)) {
        goto Exit;
    }
    captured = TRUE;
    status = NuthatchListen(&provider, irp, &event);

Exit:
    if (!NT_SUCCESS(status)) {
        if (captured) {
            WskReleaseProviderNPI(&NuthatchRegistration);
        }
        if (registered) {
            WskDeregister(&NuthatchRegistration); // EXPECT: nmr-invalid-handle
        }
    }
    IoFreeIrp(irp);
    return status;
}

VOID
NuthatchNetStop(VOID)
{
    const WSK_PROVIDER_BASIC_DISPATCH *dispatch = NuthatchListener->Dispatch;
    KEVENT event;
    PIRP irp = IoAllocateIrp(1, FALSE);

    if (irp != NULL) {
        KeInitializeEvent(&event, SynchronizationEvent, FALSE);
        IoSetCompletionRoutine(irp, NuthatchSignal, &event, TRUE, TRUE, TRUE);
        NuthatchWait(dispatch->WskCloseSocket(NuthatchListener, irp), &event, irp);
        IoFreeIrp(irp);
    }
    NuthatchListener = NULL;
    WskReleaseProviderNPI(&NuthatchRegistration);
    WskDeregister(&NuthatchRegistration);
}
