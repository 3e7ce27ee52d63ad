/* snipe: a static function whose annotation is wider than its only caller needs. */
#include <ntddk.h>

static HANDLE SnipeKey;

_IRQL_requires_max_(APC_LEVEL)
static VOID
SnipeForget(VOID)
{
    if (SnipeKey != NULL) {
        ZwClose(SnipeKey);
        SnipeKey = NULL;
    }
}

static NTSTATUS
SnipeOpen(PUNICODE_STRING Path)
{
    OBJECT_ATTRIBUTES attributes;

    InitializeObjectAttributes(&attributes, Path, OBJ_KERNEL_HANDLE, NULL, NULL);
    return ZwOpenKey(&SnipeKey, KEY_READ, &attributes);
}

static VOID NTAPI
SnipeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    SnipeForget();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    DriverObject->DriverUnload = SnipeUnload;
    return SnipeOpen(RegistryPath);
}
