#include "config.h"

#define CONFIG_KEYS 4

static KSPIN_LOCK ConfigLock;
static ULONG ConfigValues[CONFIG_KEYS];

NTSTATUS
ConfigInitialize(VOID)
{
    KeInitializeSpinLock(&ConfigLock);
    return STATUS_SUCCESS;
}

VOID
ConfigSet(ULONG Key, ULONG Value)
{
    KIRQL irql;

    KeAcquireSpinLock(&ConfigLock, &irql);
    ConfigValues[Key % CONFIG_KEYS] = Value;
    KeReleaseSpinLock(&ConfigLock, irql);
}

NTSTATUS
ConfigSave(ULONG Key, ULONG Value)
{
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"Value");

    ConfigSet(Key, Value);
    return RtlWriteRegistryValue(RTL_REGISTRY_SERVICES, L"meterman", name.Buffer, REG_DWORD, &Value, sizeof(Value));
}
