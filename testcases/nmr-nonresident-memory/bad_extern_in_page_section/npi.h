#pragma once
#include <ntddk.h>
#include <netioddk.h>

extern NPI_PROVIDER_CHARACTERISTICS npi_provider;
extern ULONG npi_settings[2];
