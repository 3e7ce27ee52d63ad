#include "tap.h"

NTSTATUS TapConfigLoad(PTAP T, PUNICODE_STRING RegistryPath);
VOID TapConfigSetMaxClients(PTAP T, ULONG Count);
ULONG TapConfigMaxClients(PTAP T);
#pragma alloc_text(PAGE, TapConfigLoad)
#pragma alloc_text(PAGE, TapConfigSetMaxClients)
#pragma alloc_text(PAGE, TapConfigMaxClients)

VOID
TapConfigSetMaxClients(PTAP T, ULONG Count)
{
    PAGED_CODE();
    ExAcquireFastMutex(&T->ConfigMutex);
    T->ConfigMaxClients = min(Count, TAP_MAX_CLIENTS);
    ExReleaseFastMutex(&T->ConfigMutex);
}

ULONG
TapConfigMaxClients(PTAP T)
{
    ULONG count;

    PAGED_CODE();
    ExAcquireFastMutex(&T->ConfigMutex);
    count = T->ConfigMaxClients;
    ExReleaseFastMutex(&T->ConfigMutex);
    return count;
}

NTSTATUS
TapConfigLoad(PTAP T, PUNICODE_STRING RegistryPath)
{
    UCHAR buffer[sizeof(KEY_VALUE_PARTIAL_INFORMATION) + sizeof(ULONG)];
    PKEY_VALUE_PARTIAL_INFORMATION info = (PKEY_VALUE_PARTIAL_INFORMATION)buffer;
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"MaxClients");
    OBJECT_ATTRIBUTES attributes;
    NTSTATUS status;
    ULONG length;
    HANDLE key;

    PAGED_CODE();
    ExInitializeFastMutex(&T->ConfigMutex);
    T->ConfigMaxClients = 4;

    InitializeObjectAttributes(&attributes, RegistryPath, OBJ_KERNEL_HANDLE | OBJ_CASE_INSENSITIVE, NULL, NULL);
    status = ZwOpenKey(&key, KEY_READ, &attributes);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = ZwQueryValueKey(key, &name, KeyValuePartialInformation, info, sizeof(buffer), &length);
    if (NT_SUCCESS(status) && info->Type == REG_DWORD && info->DataLength == sizeof(ULONG)) {
        TapConfigSetMaxClients(T, *(PULONG)info->Data);
    } else if (status == STATUS_OBJECT_NAME_NOT_FOUND) {
        status = STATUS_SUCCESS;
    }
    ZwClose(key);
    return status;
}
