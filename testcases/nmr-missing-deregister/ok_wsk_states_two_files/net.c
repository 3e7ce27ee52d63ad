#include "net.h"

static const WSK_CLIENT_DISPATCH NetDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };

NTSTATUS
NetStart(PNET Net, ULONG Timeout)
{
    WSK_CLIENT_NPI npi = { Net, &NetDispatch };
    NTSTATUS status;

    Net->State = NetDown;
    status = WskRegister(&npi, &Net->Registration);
    if (status != STATUS_SUCCESS) {
        return status;
    }
    Net->State = NetRegistered;
    status = WskCaptureProviderNPI(&Net->Registration, Timeout, &Net->Provider);
    if (status != STATUS_SUCCESS) {
        NetStop(Net);
        return status;
    }
    Net->State = NetCaptured;
    return status;
}

VOID
NetStop(PNET Net)
{
    switch (Net->State) {
    case NetCaptured:
        WskReleaseProviderNPI(&Net->Registration);
        /* fall through */
    case NetRegistered:
        WskDeregister(&Net->Registration);
        break;
    default:
        break;
    }
    Net->State = NetDown;
}
