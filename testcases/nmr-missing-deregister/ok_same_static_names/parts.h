#pragma once
#include <ntddk.h>
#include <netioddk.h>

NTSTATUS left_start(void);
void left_stop(void);
NTSTATUS right_start(void);
void right_stop(void);
