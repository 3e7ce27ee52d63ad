#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct npi_ops {
    NTSTATUS (*begin)(PVOID context, PHANDLE handle);
    NTSTATUS (*start_end)(HANDLE handle);
    NTSTATUS (*wait_end)(HANDLE handle);
} npi_ops_t;

extern const npi_ops_t client_ops, provider_ops;

typedef struct npi {
    const npi_ops_t *ops;
    HANDLE handle;
} npi_t;
