/* Good: the wait function is kept with the handle, as a pointer, and called later. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD GarnetUnload;

static const NPIID GarnetDownNpiId = { 0x3b508597, 0x03a1, 0x41ad, { 0x40, 0xa3, 0x53, 0x46, 0x33, 0xe2, 0xac, 0xbe } };
static const NPI_MODULEID GarnetDownModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x613b0e9c, 0x7771, 0x4ade, { 0x2c, 0x0b, 0xe5, 0xb9, 0x9b, 0x7a, 0xfb, 0x8a } } } };
static const ULONG GarnetDownDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } GarnetDownPeer;

static NTSTATUS NTAPI GarnetDownAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &GarnetDownPeer, &GarnetDownDispatch, &GarnetDownPeer.Context, &GarnetDownPeer.Dispatch);
}

static NTSTATUS NTAPI GarnetDownDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    GarnetDownPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS GarnetDownClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), GarnetDownAttach, GarnetDownDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &GarnetDownNpiId, &GarnetDownModuleId, 0, NULL }
};
static const NPIID GarnetUpNpiId = { 0xbc2a363f, 0xcbf4, 0x43b8, { 0x15, 0xf5, 0x2f, 0x66, 0x32, 0x8e, 0x2f, 0x94 } };
static const NPI_MODULEID GarnetUpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xa8efc0e9, 0xb3ba, 0x4737, { 0x45, 0x8b, 0xd2, 0x55, 0xb4, 0x4d, 0xd8, 0xfc } } } };
static const ULONG GarnetUpDispatch[2] = { 8, 1 };
static volatile LONG GarnetUpClients;

static NTSTATUS NTAPI GarnetUpAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&GarnetUpClients);
    *ProviderBindingContext = (PVOID)&GarnetUpClients;
    *ProviderDispatch = GarnetUpDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI GarnetUpDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS GarnetUpProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), GarnetUpAttachClient, GarnetUpDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &GarnetUpNpiId, &GarnetUpModuleId, 0, NULL }
};

typedef NTSTATUS (NTAPI *PFN_NMR_HANDLE)(HANDLE Handle);

typedef struct _GARNET_REG {
    HANDLE Handle;
    PFN_NMR_HANDLE Deregister;
    PFN_NMR_HANDLE Wait;
} GARNET_REG, *PGARNET_REG;

static GARNET_REG GarnetRegs[2];
static ULONG GarnetCount;

static VOID GarnetKeep(HANDLE Handle, PFN_NMR_HANDLE Deregister, PFN_NMR_HANDLE Wait)
{
    PGARNET_REG Reg = &GarnetRegs[GarnetCount++];

    Reg->Handle = Handle;
    Reg->Deregister = Deregister;
    Reg->Wait = Wait;
}

static VOID GarnetEndAll(VOID)
{
    while (GarnetCount > 0) {
        PGARNET_REG Reg = &GarnetRegs[--GarnetCount];

        if (Reg->Deregister(Reg->Handle) == STATUS_PENDING) {
            Reg->Wait(Reg->Handle);
        }
    }
}

VOID NTAPI GarnetUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    GarnetEndAll();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HANDLE Handle;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&GarnetDownClient, NULL, &Handle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    GarnetKeep(Handle, NmrDeregisterClient, NmrWaitForClientDeregisterComplete);
    Status = NmrRegisterProvider(&GarnetUpProvider, NULL, &Handle);
    if (!NT_SUCCESS(Status)) {
        GarnetEndAll();
        return Status;
    }
    GarnetKeep(Handle, NmrDeregisterProvider, NmrWaitForProviderDeregisterComplete);
    DriverObject->DriverUnload = GarnetUnload;
    return STATUS_SUCCESS;
}
