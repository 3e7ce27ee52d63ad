/* TraceLogging: events vanish, providers stay as handles. */
#ifndef NMRCHECK_TRACELOGGINGPROVIDER_H
#define NMRCHECK_TRACELOGGINGPROVIDER_H
#include "wdm.h"
#include "winmeta.h"
#include "evntrace.h"
typedef struct _tlgProvider_t {
    unsigned long Level;
    const void *Metadata;
} const *TraceLoggingHProvider;
#define TRACELOGGING_DECLARE_PROVIDER(name) extern const TraceLoggingHProvider name
#define TRACELOGGING_DEFINE_PROVIDER(name, text, id, ...)                                                              \
    static const struct _tlgProvider_t nmrcheck_provider_##name = { 0, 0 };                                            \
    const TraceLoggingHProvider name = &nmrcheck_provider_##name
#define TRACELOGGING_DEFINE_PROVIDER_STORAGE(name, text, id, ...)                                                      \
    static const struct _tlgProvider_t name = { 0, 0 }
#define TraceLoggingWrite(provider, ...) ((void)(provider))
#define TraceLoggingWriteActivity(provider, ...) ((void)(provider))
#define TraceLoggingWriteStart(activity, ...) ((void)0)
#define TraceLoggingWriteStop(activity, ...) ((void)0)
#define TraceLoggingProviderEnabled(provider, level, keyword) nmrcheck_trace_enabled(provider)
#ifdef __cplusplus
extern "C" {
#endif
BOOLEAN nmrcheck_trace_enabled(TraceLoggingHProvider Provider);
NTSTATUS TraceLoggingRegister(TraceLoggingHProvider Provider);
NTSTATUS TraceLoggingRegisterEx_EtwRegister(TraceLoggingHProvider Provider, PVOID Callback, PVOID Context);
NTSTATUS TraceLoggingRegisterEx(TraceLoggingHProvider Provider, PVOID Callback, PVOID Context);
VOID TraceLoggingUnregister(TraceLoggingHProvider Provider);
#ifdef __cplusplus
}
#endif
#define TraceLoggingOptionGroup(...)
#define TraceLoggingOptionMicrosoftTelemetry()
#endif
