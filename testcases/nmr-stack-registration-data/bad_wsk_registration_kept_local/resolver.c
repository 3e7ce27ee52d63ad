/*
 * Defect: the WSK_REGISTRATION is a local, and the path on which no provider comes leaves it registered.
 * (Twin: ok_wsk_registration_scoped)
 */
#include "resolver.h"

static const WSK_CLIENT_DISPATCH resolver_dispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };

NTSTATUS resolver_run(struct resolver_result *result)
{
    WSK_CLIENT_NPI client = { NULL, &resolver_dispatch };
    WSK_REGISTRATION registration;
    WSK_PROVIDER_NPI npi;
    NTSTATUS status;

    status = WskRegister(&client, &registration); // EXPECT: nmr-stack-registration-data
    if (!NT_SUCCESS(status))
        return status;

    status = WskCaptureProviderNPI(&registration, 1000, &npi);
    if (!NT_SUCCESS(status))
        return status;
    result->version = npi.Dispatch->Version;
    WskReleaseProviderNPI(&registration);
    WskDeregister(&registration);
    return status;
}
