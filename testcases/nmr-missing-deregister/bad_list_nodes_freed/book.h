#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* The book of all providers of the driver. */
NTSTATUS book_register(const NPI_PROVIDER_CHARACTERISTICS *chars);
void book_close(void);
