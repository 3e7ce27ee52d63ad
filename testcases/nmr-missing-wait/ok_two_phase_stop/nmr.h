#pragma once
#include <ntddk.h>
#include <netioddk.h>

NTSTATUS nmr_start(void);
void nmr_begin_stop(void);
void nmr_finish_stop(void);
