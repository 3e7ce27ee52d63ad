#pragma once
#include <ntddk.h>
#include <netioddk.h>

#define ENDPOINTS 3

NTSTATUS endpoints_register(NPI_PROVIDER_CHARACTERISTICS *table, ULONG count);
void endpoints_deregister(void);
