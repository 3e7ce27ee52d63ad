/* petrel: the interrupt routine, connected by a parameter structure, wakes a waiter itself. */
#include <ntddk.h>

typedef struct _PETREL {
    PKINTERRUPT Interrupt;
    KEVENT Ready;
    KDPC Dpc;
    PULONG Port;
} PETREL, *PPETREL;

static BOOLEAN NTAPI
PetrelIsr(PKINTERRUPT Interrupt, PVOID Context)
{
    PPETREL petrel = Context;

    UNREFERENCED_PARAMETER(Interrupt);
    if ((READ_REGISTER_ULONG(petrel->Port) & 1) == 0) {
        return FALSE;
    }
    KeSetEvent(&petrel->Ready, IO_NO_INCREMENT, FALSE); // EXPECT: irql-too-high
    return TRUE;
}

NTSTATUS
PetrelConnect(PPETREL Petrel, PDEVICE_OBJECT Physical, ULONG Vector, KIRQL Irql, KAFFINITY Affinity)
{
    IO_CONNECT_INTERRUPT_PARAMETERS parameters;

    RtlZeroMemory(&parameters, sizeof(parameters));
    parameters.Version = CONNECT_FULLY_SPECIFIED;
    parameters.FullySpecified.PhysicalDeviceObject = Physical;
    parameters.FullySpecified.InterruptObject = &Petrel->Interrupt;
    parameters.FullySpecified.ServiceRoutine = PetrelIsr;
    parameters.FullySpecified.ServiceContext = Petrel;
    parameters.FullySpecified.SynchronizeIrql = Irql;
    parameters.FullySpecified.Vector = Vector;
    parameters.FullySpecified.Irql = Irql;
    parameters.FullySpecified.ProcessorEnableMask = Affinity;
    return IoConnectInterruptEx(&parameters);
}
