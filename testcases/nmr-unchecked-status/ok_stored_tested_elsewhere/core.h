#pragma once
#include <ntddk.h>
#include <netioddk.h>

struct core {
    HANDLE nmr;
    NTSTATUS status;
};
extern struct core core;

#define RETURN_STATUS(s) \
    do { \
        NTSTATUS local_status = (s); \
        if (!NT_SUCCESS(local_status)) \
            DbgPrint("%s: 0x%08x\n", __FUNCTION__, local_status); \
        return local_status; \
    } while (0)

void core_register(struct core *c);
NTSTATUS core_result(const struct core *c);
void core_end(struct core *c);
