/* acorn: a datagram event callback takes a mutex; WSK calls it at up to DISPATCH_LEVEL. */
#include <ntddk.h>
#include <wsk.h>

typedef struct _ACORN_SOCKET {
    KMUTEX Mutex;
    ULONG Datagrams;
} ACORN_SOCKET, *PACORN_SOCKET;

static NTSTATUS WSKAPI
AcornReceiveFrom(PVOID SocketContext, ULONG Flags, PWSK_DATAGRAM_INDICATION DataIndication)
{
    PACORN_SOCKET socket = SocketContext;

    UNREFERENCED_PARAMETER(Flags);
    if (DataIndication == NULL) {
        return STATUS_SUCCESS;
    }
    KeWaitForSingleObject(&socket->Mutex, Executive, KernelMode, FALSE, NULL); // EXPECT: irql-too-high
    socket->Datagrams++;
    KeReleaseMutex(&socket->Mutex, FALSE);
    return STATUS_SUCCESS;
}

static const WSK_CLIENT_DATAGRAM_DISPATCH AcornDatagramDispatch = { AcornReceiveFrom };

NTSTATUS
AcornOpen(const WSK_PROVIDER_NPI *Npi, PACORN_SOCKET Socket, PIRP Irp)
{
    KeInitializeMutex(&Socket->Mutex, 0);
    return Npi->Dispatch->WskSocket(Npi->Client, AF_INET, SOCK_DGRAM, IPPROTO_UDP, WSK_FLAG_DATAGRAM_SOCKET, Socket,
                                    &AcornDatagramDispatch, NULL, NULL, NULL, Irp);
}
