/* One file of a library. Good: the registration is the caller's; the client NPI is a local. */
#include <ntddk.h>
#include <wsk.h>

typedef struct _LIB_SOCKETS {
    PWSK_REGISTRATION Registration;
    WSK_PROVIDER_NPI Npi;
} LIB_SOCKETS, *PLIB_SOCKETS;

static const WSK_CLIENT_DISPATCH LibDispatch = { MAKE_WSK_VERSION(1, 1), 0, NULL };

NTSTATUS LibSocketsOpen(PLIB_SOCKETS Sockets, PWSK_REGISTRATION Registration)
{
    WSK_CLIENT_NPI ClientNpi = { Sockets, &LibDispatch };
    NTSTATUS Status;

    Status = WskRegister(&ClientNpi, Registration);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Sockets->Registration = Registration;
    Status = WskCaptureProviderNPI(Registration, WSK_INFINITE_WAIT, &Sockets->Npi);
    if (!NT_SUCCESS(Status)) {
        WskDeregister(Registration);
        Sockets->Registration = NULL;
    }
    return Status;
}

VOID LibSocketsClose(PLIB_SOCKETS Sockets)
{
    if (Sockets->Registration != NULL) {
        WskReleaseProviderNPI(Sockets->Registration);
        WskDeregister(Sockets->Registration);
        Sockets->Registration = NULL;
    }
}
