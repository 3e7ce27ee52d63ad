#pragma once
#include <ntddk.h>
#include <netioddk.h>

#define STARLING_TAG 'ratS'

void npi_fill(NPI_CLIENT_CHARACTERISTICS *chars, USHORT version);
NTSTATUS npi_begin(const NPI_CLIENT_CHARACTERISTICS *chars, HANDLE *handle);
void npi_end(HANDLE handle);
