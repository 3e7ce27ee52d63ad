#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct scan {
    KEVENT found;
    LONG count;
    HANDLE nmr;
} scan_t;

NTSTATUS scan_begin(scan_t *scan);
void scan_end(scan_t *scan);
