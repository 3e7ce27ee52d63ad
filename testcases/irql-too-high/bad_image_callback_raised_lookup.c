/* smew: the image callback raises the level around a per-processor table, and looks the process up before it lowers it. */
#include <ntddk.h>

static ULONG SmewLoads[MAXIMUM_PROCESSORS];

static VOID NTAPI
SmewImage(PUNICODE_STRING Name, HANDLE ProcessId, PIMAGE_INFO Info)
{
    PEPROCESS process;
    KIRQL old;

    UNREFERENCED_PARAMETER(Name);
    UNREFERENCED_PARAMETER(Info);
    old = KeRaiseIrqlToDpcLevel();
    SmewLoads[KeGetCurrentProcessorNumber()]++;
    if (NT_SUCCESS(PsLookupProcessByProcessId(ProcessId, &process))) { // EXPECT: irql-too-high
        ObDereferenceObject(process);
    }
    KeLowerIrql(old);
}

NTSTATUS
SmewStart(VOID)
{
    return PsSetLoadImageNotifyRoutine(SmewImage);
}
