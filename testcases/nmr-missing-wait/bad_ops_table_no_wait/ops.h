#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct npi_ops {
    NTSTATUS (*begin)(PHANDLE handle);
    void (*end)(HANDLE handle);
} npi_ops_t;

extern const npi_ops_t provider_ops;
