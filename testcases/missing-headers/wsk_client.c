// A WSK client: dispatch tables reached directly and through .Basic, socket events, control requests.
// FUNCTIONS: 10
#include <ntddk.h>
#include <wsk.h>
#include "client_types.h"
#include "trace_flags.h"
#include "wsk_client.tmh"

#define CLIENT_TAG 'ksWC'

typedef struct _SOCKET_CONTEXT {
    PWSK_SOCKET Socket;
    const WSK_PROVIDER_DATAGRAM_DISPATCH *Dispatch;
    CLIENT_STATE State;
    KEVENT Event;
    PIRP Irp;
    CLIENT_CONFIG *Config;
} SOCKET_CONTEXT, *PSOCKET_CONTEXT;

static const WSK_CLIENT_DISPATCH ClientDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION Registration;
static WSK_PROVIDER_NPI Npi;

_Function_class_(IO_COMPLETION_ROUTINE) static NTSTATUS
Completed(_In_ PDEVICE_OBJECT Device, _In_ PIRP Irp, _In_reads_opt_(_Inexpressible_("varies")) PVOID Context)
{
    UNREFERENCED_PARAMETER(Device);
    UNREFERENCED_PARAMETER(Irp);
    KeSetEvent((PKEVENT)Context, IO_NO_INCREMENT, FALSE);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

static NTSTATUS WSKAPI
ReceiveFrom(_In_opt_ PVOID SocketContext, _In_ ULONG Flags, _In_opt_ PWSK_DATAGRAM_INDICATION Indication)
{
    PSOCKET_CONTEXT Context = SocketContext;
    UNREFERENCED_PARAMETER(Flags);
    for (PWSK_DATAGRAM_INDICATION i = Indication; i; i = i->Next) {
        PMDL Mdl = i->Buffer.Mdl;
        ClientInput(&Context->State, MmGetSystemAddressForMdlSafe(Mdl, NormalPagePriority), i->Buffer.Length, i->RemoteAddress);
        Context->State.Statistics.Received += i->Buffer.Length;
    }
    return STATUS_SUCCESS;
}

static const WSK_CLIENT_DATAGRAM_DISPATCH DatagramDispatch = { ReceiveFrom };

static NTSTATUS Wait(PSOCKET_CONTEXT Context, NTSTATUS Status)
{
    if (Status == STATUS_PENDING) {
        KeWaitForSingleObject(&Context->Event, Executive, KernelMode, FALSE, NULL);
        Status = Context->Irp->IoStatus.Status;
    }
    return Status;
}

static NTSTATUS Close(PSOCKET_CONTEXT Context)
{
    NTSTATUS Status;
    IoReuseIrp(Context->Irp, STATUS_SUCCESS);
    IoSetCompletionRoutine(Context->Irp, Completed, &Context->Event, TRUE, TRUE, TRUE);
    Status = Context->Dispatch->WskCloseSocket(Context->Socket, Context->Irp);
    return Wait(Context, Status);
}

static NTSTATUS CloseBasic(PSOCKET_CONTEXT Context)
{
    const WSK_PROVIDER_CONNECTION_DISPATCH *Connection = Context->Socket->Dispatch;
    const WSK_PROVIDER_LISTEN_DISPATCH *Listen = Context->Socket->Dispatch;
    const WSK_PROVIDER_STREAM_DISPATCH *Stream = Context->Socket->Dispatch;
    Connection->Basic.WskCloseSocket(Context->Socket, Context->Irp);
    Connection->WskControlSocket(Context->Socket, WskSetOption, 0, 0, 0, NULL, 0, NULL, NULL, Context->Irp);
    Listen->Basic.WskControlSocket(Context->Socket, WskIoctl, SIO_WSK_QUERY_RECEIVE_BACKLOG, 0, 0, NULL, 0, NULL, NULL, Context->Irp);
    Listen->WskCloseSocket(Context->Socket, Context->Irp);
    return Stream->Basic.WskCloseSocket(Context->Socket, Context->Irp);
}

static NTSTATUS Options(PSOCKET_CONTEXT Context)
{
    WSK_EVENT_CALLBACK_CONTROL Control = { &NPI_WSK_INTERFACE_ID, WSK_EVENT_RECEIVE_FROM };
    ULONG Value = WSK_FLAG_DATAGRAM_SOCKET;
    NTSTATUS Status = Context->Dispatch->Basic.WskControlSocket(
        Context->Socket, WskSetOption, SO_WSK_EVENT_CALLBACK, SOL_SOCKET, sizeof(Control), &Control, 0, NULL, NULL, NULL);
    DoTraceMessage(TRCERROR, "%!STATUS!", Status);
    if (NT_SUCCESS(Status))
        Status = Context->Dispatch->Basic.WskControlSocket(Context->Socket, WskSetOption, IPV6_V6ONLY, IPPROTO_IPV6, sizeof(Value), &Value, 0, NULL, NULL, Context->Irp);
    return Status;
}

static NTSTATUS Send(PSOCKET_CONTEXT Context, PMDL Mdl, const SOCKADDR_INET *Remote)
{
    WSK_BUF Buffer = { .Mdl = Mdl, .Offset = 0, .Length = MmGetMdlByteCount(Mdl) };
    CLIENT_CMSG Cmsg = { .Header.cmsg_len = WSA_CMSG_LEN(sizeof(IN_PKTINFO)), .Header.cmsg_level = IPPROTO_IP };
    SOCKADDR_STORAGE Local = { 0 };

    Local.ss_family = AF_INET;
    IN4ADDR_SETANY((PSOCKADDR_IN)&Local);
    ((PSOCKADDR_IN)&Local)->sin_port = RtlUshortByteSwap(Context->Config->Port);
    return Context->Dispatch->WskSendTo(Context->Socket, &Buffer, 0, (PSOCKADDR)Remote, sizeof(Cmsg), &Cmsg.Header, Context->Irp);
}

static NTSTATUS Open(PSOCKET_CONTEXT Context)
{
    NTSTATUS Status;
    SOCKADDR_IN Address = { .sin_family = AF_INET, .sin_addr.s_addr = INADDR_ANY };

    Context->Irp = IoAllocateIrp(1, FALSE);
    if (!Context->Irp)
        return STATUS_INSUFFICIENT_RESOURCES;
    KeInitializeEvent(&Context->Event, SynchronizationEvent, FALSE);
    IoSetCompletionRoutine(Context->Irp, Completed, &Context->Event, TRUE, TRUE, TRUE);
    Status = Npi.Dispatch->WskSocket(
        Npi.Client, AF_INET, SOCK_DGRAM, IPPROTO_UDP, WSK_FLAG_DATAGRAM_SOCKET, Context, &DatagramDispatch, PsGetCurrentProcess(), NULL,
        NULL, Context->Irp);
    Status = Wait(Context, Status);
    if (!NT_SUCCESS(Status))
        return Status;
    Context->Socket = (PWSK_SOCKET)Context->Irp->IoStatus.Information;
    Context->Dispatch = Context->Socket->Dispatch;
    IoReuseIrp(Context->Irp, STATUS_SUCCESS);
    Status = Context->Dispatch->WskBind(Context->Socket, (PSOCKADDR)&Address, 0, Context->Irp);
    return NT_SUCCESS(Status) ? Options(Context) : Close(Context);
}

NTSTATUS ClientStart(PSOCKET_CONTEXT Context, PMDL Mdl)
{
    WSK_CLIENT_NPI ClientNpi = { NULL, &ClientDispatch };
    NTSTATUS Status = WskRegister(&ClientNpi, &Registration);
    if (!NT_SUCCESS(Status))
        return Status;
    Status = WskCaptureProviderNPI(&Registration, WSK_INFINITE_WAIT, &Npi);
    if (!NT_SUCCESS(Status)) {
        WskDeregister(&Registration);
        return Status;
    }
    Status = Open(Context);
    if (NT_SUCCESS(Status))
        Status = Send(Context, Mdl, &Context->Config->Remote);
    return Status;
}

VOID ClientStop(PSOCKET_CONTEXT Context)
{
    CloseBasic(Context);
    IoFreeIrp(Context->Irp);
    WskReleaseProviderNPI(&Registration);
    WskDeregister(&Registration);
}
