#pragma once
#include <ntddk.h>
#include <netioddk.h>

NTSTATUS bus_attach(HANDLE *handle);
void bus_detach(HANDLE handle);
