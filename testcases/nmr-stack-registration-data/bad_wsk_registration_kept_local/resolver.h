#pragma once
#include <ntddk.h>
#include <wsk.h>

struct resolver_result { USHORT version; };

NTSTATUS resolver_run(struct resolver_result *result);
