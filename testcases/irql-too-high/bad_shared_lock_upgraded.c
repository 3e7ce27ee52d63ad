/* scoter: a reader/writer spin lock; the writer's path allocates by a helper that may have to read the registry. */
#include <ntddk.h>

typedef struct _SCOTER {
    EX_SPIN_LOCK Lock;
    PULONG Table;
} SCOTER, *PSCOTER;

static NTSTATUS
ScoterLoad(PULONG Value)
{
    OBJECT_ATTRIBUTES attributes;
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\Registry\\Machine\\Software\\Scoter");
    HANDLE key;
    NTSTATUS status;

    InitializeObjectAttributes(&attributes, &name, OBJ_KERNEL_HANDLE | OBJ_CASE_INSENSITIVE, NULL, NULL);
    status = ZwOpenKey(&key, KEY_READ, &attributes); // EXPECT: irql-too-high
    if (NT_SUCCESS(status)) {
        *Value = 1;
        ZwClose(key); // EXPECT: irql-too-high
    }
    return status;
}

NTSTATUS
ScoterGet(PSCOTER Scoter, ULONG Index, PULONG Value)
{
    NTSTATUS status = STATUS_SUCCESS;
    KIRQL irql = ExAcquireSpinLockShared(&Scoter->Lock);

    if (Scoter->Table != NULL) {
        *Value = Scoter->Table[Index];
    } else if (ExTryConvertSharedSpinLockExclusive(&Scoter->Lock)) {
        status = ScoterLoad(Value);
        ExReleaseSpinLockExclusive(&Scoter->Lock, irql);
        return status;
    } else {
        status = STATUS_RETRY;
    }
    ExReleaseSpinLockShared(&Scoter->Lock, irql);
    return status;
}
