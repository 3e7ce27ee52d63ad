// C++: the binding is a local object whose address goes out through a reference parameter.
extern "C" {
#include <ntddk.h>
#include <netioddk.h>
}

struct XenonBinding {
    HANDLE nmr;
    PVOID providerContext;
    const VOID *providerDispatch;
};

static const NPIID XenonNpiId = { 0x7d0fc449, 0x720c, 0x40fe, { 0x9f, 0x13, 0x3d, 0x4e, 0xf9, 0xeb, 0x10, 0x6e } };
static const NPI_MODULEID XenonModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xac3da3cb, 0x931f, 0x452b, { 0x7b, 0x6e, 0x8c, 0x02, 0x93, 0x0e, 0xe9, 0x0d } } } };

static NTSTATUS XenonBind(XenonBinding &binding)
{
    return NmrClientAttachProvider(binding.nmr, &binding, nullptr, &binding.providerContext, &binding.providerDispatch); // EXPECT: nmr-stack-binding-context
}

static NTSTATUS NTAPI
XenonAttach(HANDLE nmr, PVOID, PNPI_REGISTRATION_INSTANCE)
{
    XenonBinding binding = { nmr, nullptr, nullptr };

    return XenonBind(binding);
}

static NTSTATUS NTAPI
XenonDetach(PVOID)
{
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS XenonCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), XenonAttach, XenonDetach, nullptr,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &XenonNpiId, &XenonModuleId, 0, nullptr }
};

static HANDLE XenonClient;

static VOID NTAPI
XenonUnload(PDRIVER_OBJECT)
{
    if (NmrDeregisterClient(XenonClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(XenonClient);
    }
}

extern "C" NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING)
{
    driver->DriverUnload = XenonUnload;
    return NmrRegisterClient(&XenonCharacteristics, nullptr, &XenonClient);
}
