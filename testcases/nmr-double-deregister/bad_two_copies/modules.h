#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* The registry of everything that must be ended at unload. */
void modules_add(HANDLE provider);
void modules_end(void);
