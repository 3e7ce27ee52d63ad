#pragma once
#include <ntddk.h>
#include <netioddk.h>

#define POPPY_TAG 'ppoP'

typedef struct _POPPY_BINDING {
    PIO_WORKITEM Work;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} POPPY_BINDING, *PPOPPY_BINDING;

extern PDEVICE_OBJECT PoppyDevice;

NTSTATUS PoppyJoin(VOID);
VOID PoppyLeave(VOID);
