#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct module {
    const char *name;
    NTSTATUS (*start)(void);
    void (*stop)(void);
} module_t;

NTSTATUS log_start(void);
void log_stop(void);
NTSTATUS npi_start(void);
void npi_stop(void);
NTSTATUS device_start(void);
void device_stop(void);
