// TraceLogging, WPP and ETW: as the kit has them, and from generated headers that are not there.
// FUNCTIONS: 8
#include <ntddk.h>
#include <wdm.h>
#include <TraceLoggingProvider.h>
#include <evntrace.h>
#include "trace.h"
#include "manifest_events.h"
#include "tracing.tmh"

TRACELOGGING_DECLARE_PROVIDER(OtherProvider);
TRACELOGGING_DEFINE_PROVIDER(
    TheProvider, "Vendor.Driver",
    // {394f321c-5cf4-404c-aa34-4df1428a7f9c}
    (0x394f321c, 0x5cf4, 0x404c, 0xaa, 0x34, 0x4d, 0xf1, 0x42, 0x8a, 0x7f, 0x9c),
    TraceLoggingOptionMicrosoftTelemetry());

int known(int);

static NTSTATUS Begin(PUNICODE_STRING Path, PDRIVER_OBJECT Driver)
{
    NTSTATUS Status = TraceLoggingRegister(TheProvider);
    WPP_INIT_TRACING(Driver, Path);
    EventRegisterVendor_Driver();
    TraceLoggingWrite(
        TheProvider, "Begin", TraceLoggingLevel(WINEVENT_LEVEL_INFO), TraceLoggingKeyword(0x1),
        TraceLoggingUnicodeString(Path, "Path"), TraceLoggingPointer(Driver, "Driver"),
        TraceLoggingNTStatus(Status, "Status"), TraceLoggingValue(known(1)), TraceLoggingOpcode(WINEVENT_OPCODE_START));
    return Status;
}

static VOID End(PDRIVER_OBJECT Driver)
{
    TraceLoggingUnregister(TheProvider);
    EventUnregisterVendor_Driver();
    WPP_CLEANUP(Driver);
}

NTSTATUS Wpp(ULONG Value, PCWSTR Text)
{
    NTSTATUS Status = STATUS_SUCCESS;

    TraceEnter(TRACE_CORE, "Value=%u", Value);
    DoTraceMessage(TRCINFO, "text %ws %!STATUS!", Text, Status);
    DoTraceLevelMessage(TRACE_LEVEL_ERROR, FLAG_NOT_THERE, "x %d", known(2));
    TraceEvents(TRACE_LEVEL_INFORMATION, DBG_PNP | DBG_INIT, "--> %!FUNC!");
    WppTrace(Error, "%!STATUS!", Status);
    FuncEntry(FLAG_A);
    LOG_INFO("value %d", Value);
    LogError(Driver, "%!STATUS! %!hexdump!", Status, log_xstr(Text, 3));
    if (!NT_SUCCESS(Status))
        TraceError(TRACE_CORE, "failed %!STATUS!", Status);
    else
        TraceInfo(TRACE_CORE, "fine");
    for (ULONG i = 0; i < Value; i++)
        TraceVerbose(TRACE_CORE, "%u", i);
    EventWriteStarted(NULL, Value, Text);
    FuncExit(FLAG_A);
    TraceExitStatus(TRACE_CORE);
    return Status;
}

VOID Etw(REGHANDLE Handle, PCEVENT_DESCRIPTOR Event, ULONG Value)
{
    EVENT_DATA_DESCRIPTOR Data[2];

    EventDataDescCreate(&Data[0], &Value, sizeof(Value));
    EventDataDescCreate(&Data[1], &Value, sizeof(Value));
    if (EtwEventEnabled(Handle, Event))
        EtwWrite(Handle, Event, NULL, ARRAYSIZE(Data), Data);
    if (MCGEN_ENABLE_CHECK(VENDOR_DRIVER_Context, Started))
        EventWriteStarted_AssumeEnabled(&Data[0].Ptr, Value);
}

NTSTATUS Returning(ULONG Value)
{
    if (Value > LIMIT_FROM_TRACE_H)
        TRACE_AND_RETURN(STATUS_INVALID_PARAMETER, "too large: %u", Value);
    RETURN_IF_NOT_SUCCESS(known(Value));
    return STATUS_SUCCESS;
}

VOID Levels(ULONG Value)
{
    if (TraceLoggingProviderEnabled(TheProvider, TRACE_LEVEL_VERBOSE, 0))
        known(3);
    KdPrint(("old style %x\n", Value));
    KdPrintEx((DPFLTR_IHVDRIVER_ID, DPFLTR_ERROR_LEVEL, "x %d\n", Value));
    DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_INFO_LEVEL, "x");
    DEBUGP(MP_LOUD, ("<-- here %x\n", Value));
    DEBUGP(DL_FATAL, "plain");
    MACRO_WITH_BLOCK({ known(4); });
}

_IRQL_requires_max_(APC_LEVEL) VOID Activity(LPCGUID Id)
{
    TraceLoggingWriteActivity(TheProvider, "Activity", Id, NULL, TraceLoggingBoolean(TRUE, "ok"));
    EventActivityIdControl(EVENT_ACTIVITY_CTRL_CREATE_ID, (LPGUID)Id);
}

NTSTATUS DriverEntry(PDRIVER_OBJECT Driver, PUNICODE_STRING Path)
{
    NTSTATUS Status = Begin(Path, Driver);
    if (NT_SUCCESS(Status))
        Status = Wpp(1, L"x");
    if (!NT_SUCCESS(Status))
        End(Driver);
    return Status;
}
