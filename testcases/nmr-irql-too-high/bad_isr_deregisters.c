/* relic: the interrupt routine of a dying card ends the registration itself. */
#include <wdm.h>
#include <netioddk.h>

typedef struct _RELIC {
    PKINTERRUPT Interrupt;
    PULONG Registers;
    HANDLE Client;
    volatile LONG Alive;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} RELIC, *PRELIC;

static RELIC Relic;

KSERVICE_ROUTINE RelicInterrupt;

static const NPIID RelicNpiId = { 0x507588d9, 0x7bd9, 0x4c77, { 0xb0, 0x82, 0xac, 0x68, 0x13, 0x65, 0x22, 0xe5 } };
static const NPI_MODULEID RelicModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xc78fb809, 0xb672, 0x4c17, { 0x83, 0xbc, 0x87, 0xb4, 0x4d, 0x0a, 0x44, 0xeb } } } };

static NTSTATUS NTAPI
RelicAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PRELIC relic = ClientContext;

    UNREFERENCED_PARAMETER(ProviderInstance);
    return NmrClientAttachProvider(NmrBindingHandle, relic, NULL, &relic->ProviderContext, &relic->ProviderDispatch);
}

static NTSTATUS NTAPI
RelicDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS RelicCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), RelicAttach, RelicDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &RelicNpiId, &RelicModuleId, 0, NULL }
};

static VOID
RelicBeginEnd(PRELIC R)
{
    if (InterlockedExchange(&R->Alive, 0) != 0) {
        (VOID)NmrDeregisterClient(R->Client); // EXPECT: nmr-irql-too-high
    }
}

BOOLEAN NTAPI
RelicInterrupt(PKINTERRUPT Interrupt, PVOID ServiceContext)
{
    PRELIC relic = ServiceContext;
    ULONG cause = READ_REGISTER_ULONG(relic->Registers);

    UNREFERENCED_PARAMETER(Interrupt);
    if (cause == 0) {
        return FALSE;
    }
    if (cause == 0xFFFFFFFF) {      /* surprise removal */
        RelicBeginEnd(relic);
        return TRUE;
    }
    WRITE_REGISTER_ULONG(relic->Registers, cause);
    return TRUE;
}

NTSTATUS
RelicConnect(PDEVICE_OBJECT Pdo, PULONG Registers)
{
    IO_CONNECT_INTERRUPT_PARAMETERS parameters;
    NTSTATUS status;

    Relic.Registers = Registers;
    status = NmrRegisterClient(&RelicCharacteristics, &Relic, &Relic.Client);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    InterlockedExchange(&Relic.Alive, 1);
    RtlZeroMemory(&parameters, sizeof(parameters));
    parameters.Version = CONNECT_FULLY_SPECIFIED;
    parameters.FullySpecified.PhysicalDeviceObject = Pdo;
    parameters.FullySpecified.InterruptObject = &Relic.Interrupt;
    parameters.FullySpecified.ServiceRoutine = RelicInterrupt;
    parameters.FullySpecified.ServiceContext = &Relic;
    status = IoConnectInterruptEx(&parameters);
    if (!NT_SUCCESS(status)) {
        if (InterlockedExchange(&Relic.Alive, 0) != 0) {
            NmrDeregisterClient(Relic.Client);
        }
        NmrWaitForClientDeregisterComplete(Relic.Client);
    }
    return status;
}

VOID
RelicDisconnect(VOID)
{
    IO_DISCONNECT_INTERRUPT_PARAMETERS parameters;

    RtlZeroMemory(&parameters, sizeof(parameters));
    parameters.Version = CONNECT_FULLY_SPECIFIED;
    parameters.ConnectionContext.InterruptObject = Relic.Interrupt;
    IoDisconnectInterruptEx(&parameters);
    if (InterlockedExchange(&Relic.Alive, 0) != 0) {
        NmrDeregisterClient(Relic.Client);
    }
    NmrWaitForClientDeregisterComplete(Relic.Client);
}
