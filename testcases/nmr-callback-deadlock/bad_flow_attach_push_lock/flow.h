#pragma once
#include <ntddk.h>
#include <fwpsk.h>
#include <netioddk.h>

#define FLOW_TAG 'wolF'

typedef struct _FLOW_PROVIDER_DISPATCH {
    USHORT Version;
    BOOLEAN (NTAPI *Allow)(PVOID ProviderContext, UINT64 FlowId);
    VOID (NTAPI *Close)(PVOID ProviderContext);
} FLOW_PROVIDER_DISPATCH;

typedef struct _FLOW_BINDING {
    LIST_ENTRY Link;
    EX_RUNDOWN_REF Rundown;
    PIO_WORKITEM DetachWork;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const FLOW_PROVIDER_DISPATCH *Provider;
} FLOW_BINDING, *PFLOW_BINDING;

extern PDEVICE_OBJECT FlowDevice;

/* nmr.c */
NTSTATUS FlowNmrStart(VOID);
VOID FlowNmrStop(VOID);
BOOLEAN FlowAllowed(UINT64 FlowId);

/* callout.c */
NTSTATUS FlowCalloutStart(PDEVICE_OBJECT Device);
VOID FlowCalloutStop(VOID);
