#include "config.h"

#define KEY_BEATS 1
#define SAVE_EVERY 600

static KTIMER MeterTimer;
static KDPC MeterDpc;
static ULONG MeterBeats;

static KDEFERRED_ROUTINE MeterBeat;
static DRIVER_UNLOAD MeterUnload;

static VOID
MeterKeep(ULONG Beats)
{
    if (Beats % SAVE_EVERY == 0) {
        (VOID)ConfigSave(KEY_BEATS, Beats); // EXPECT: irql-too-high
    } else {
        ConfigSet(KEY_BEATS, Beats);
    }
}

static VOID NTAPI
MeterBeat(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    MeterKeep(++MeterBeats);
}

static VOID NTAPI
MeterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeCancelTimer(&MeterTimer);
    KeFlushQueuedDpcs();
    (VOID)ConfigSave(KEY_BEATS, MeterBeats);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = ConfigInitialize();
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeTimer(&MeterTimer);
    KeInitializeDpc(&MeterDpc, MeterBeat, NULL);
    due.QuadPart = -10000000;
    KeSetTimerEx(&MeterTimer, due, 1000, &MeterDpc);
    DriverObject->DriverUnload = MeterUnload;
    return STATUS_SUCCESS;
}
