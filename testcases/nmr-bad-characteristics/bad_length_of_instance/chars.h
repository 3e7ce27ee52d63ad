#pragma once
#include <ntddk.h>
#include <netioddk.h>

extern NPI_PROVIDER_CHARACTERISTICS MintProvider;

VOID MintDescribe(VOID);
