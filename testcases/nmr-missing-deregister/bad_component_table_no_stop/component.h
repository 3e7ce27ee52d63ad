#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* A part of the driver. stop may be NULL where there is nothing to undo. */
struct component {
    const char *name;
    NTSTATUS (*start)(PDRIVER_OBJECT driver);
    void (*stop)(void);
};

NTSTATUS link_start(PDRIVER_OBJECT driver);
void link_stop(void);
NTSTATUS npi_start(PDRIVER_OBJECT driver);
void npi_stop(void);
