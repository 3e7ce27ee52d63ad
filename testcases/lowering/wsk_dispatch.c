// In C, drivers name the functions that all sockets have with Basic and without it.
#include <wsk.h>

NTSTATUS without(PWSK_SOCKET s, PIRP irp)
{
    return ((PWSK_PROVIDER_LISTEN_DISPATCH)s->Dispatch)->WskCloseSocket(s, irp);
    // DUMP: WskCloseSocket)(s, irp)
}
NTSTATUS with(PWSK_SOCKET s, PIRP irp)
{
    return ((PWSK_PROVIDER_STREAM_DISPATCH)s->Dispatch)->Basic.WskCloseSocket(s, irp);
    // DUMP: Basic.WskCloseSocket)(s, irp)
}
// NOT: gap
