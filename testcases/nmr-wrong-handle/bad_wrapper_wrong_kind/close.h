#pragma once
#include <ntddk.h>
#include <netioddk.h>

enum npi_kind { NPI_CLIENT_KIND, NPI_PROVIDER_KIND };

/* Starts the end of a registration; the caller waits. */
void npi_close(enum npi_kind kind, HANDLE handle);
