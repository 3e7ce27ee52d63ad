#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _INSTANCE_IDS {
    NPIID Npi;
    NPI_MODULEID Module;
} INSTANCE_IDS, *PINSTANCE_IDS;

VOID InstanceFill(NPI_REGISTRATION_INSTANCE *Instance, PINSTANCE_IDS Ids, ULONG Number);
