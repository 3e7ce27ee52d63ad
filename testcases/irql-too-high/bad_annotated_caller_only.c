/* dunlin: the function says PASSIVE_LEVEL; its caller in the DPC is at fault, not what the function calls. */
#include <ntddk.h>

typedef struct _DUNLIN {
    HANDLE Key;
    ULONG Value;
    KDPC Dpc;
} DUNLIN, *PDUNLIN;

_IRQL_requires_max_(PASSIVE_LEVEL)
static NTSTATUS
DunlinSave(_In_ PDUNLIN D)
{
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"Value");

    return ZwSetValueKey(D->Key, &name, 0, REG_DWORD, &D->Value, sizeof(D->Value));
}

KDEFERRED_ROUTINE DunlinDpc;

VOID NTAPI
DunlinDpc(PKDPC Dpc, PVOID Context, PVOID SystemArgument1, PVOID SystemArgument2)
{
    PDUNLIN dunlin = Context;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(SystemArgument2);
    dunlin->Value = (ULONG)(ULONG_PTR)SystemArgument1;
    DunlinSave(dunlin); // EXPECT: irql-too-high
}

NTSTATUS
DunlinFlush(PDUNLIN D)
{
    PAGED_CODE();
    return DunlinSave(D);
}
