#pragma once
#include <ntddk.h>
#include <netioddk.h>

struct jasper {
    HANDLE handle;
    NTSTATUS npi_status;
    NTSTATUS device_status;
    PDEVICE_OBJECT device;
};

extern struct jasper jasper;

void npi_begin(struct jasper *j);
void npi_end(struct jasper *j);
