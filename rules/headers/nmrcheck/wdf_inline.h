/* Framework names beyond the documentation data. */
#ifndef NMRCHECK_WDF_INLINE_H
#define NMRCHECK_WDF_INLINE_H
#include "wdf.h"
#ifndef WdfDriverInitNonPnpDriver
#define WdfDriverInitNonPnpDriver 0x00000001
#define WdfDriverInitNoDispatchOverride 0x00000002
#endif
#ifdef __cplusplus
extern "C" {
#endif
VOID WdfDriverMiniportUnload(WDFDRIVER Driver);
WDFDRIVER WdfGetDriver(VOID);
PWDF_DRIVER_GLOBALS WdfGetDriverGlobals(VOID);
NTSTATUS WdfDeviceInitAssignSDDLString(PWDFDEVICE_INIT DeviceInit, PCUNICODE_STRING SDDLString);
#ifdef __cplusplus
}
#endif
#endif
