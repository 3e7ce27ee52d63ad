#pragma once
#include <ntddk.h>

void *mem_get(SIZE_T size);
void mem_put(void *memory);
