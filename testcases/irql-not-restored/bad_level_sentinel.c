/* whimbrel: the second lock is given back after a success only. (Twin: ok_level_sentinel) */
#include <ntddk.h>

#define NO_LEVEL ((KIRQL)0xff)

typedef struct _WHIMBREL {
    KSPIN_LOCK Lock;
    KSPIN_LOCK Other;
    LIST_ENTRY List;
    ULONG Length;
} WHIMBREL, *PWHIMBREL;

NTSTATUS
WhimbrelPush(PWHIMBREL W, PLIST_ENTRY Entry, BOOLEAN Careful)
{
    PKSPIN_LOCK second = NULL;
    KIRQL irql = NO_LEVEL;
    NTSTATUS status = STATUS_SUCCESS;

    if (Entry == NULL) {
        status = STATUS_INVALID_PARAMETER;
        goto Done;
    }
    KeAcquireSpinLock(&W->Lock, &irql);
    if (Careful) {
        second = &W->Other;
        KeAcquireSpinLockAtDpcLevel(second);
    }
    if (W->Length == 64) {
        status = STATUS_QUOTA_EXCEEDED;
        goto Done;
    }
    InsertTailList(&W->List, Entry);
    W->Length++;

Done:
    if (second != NULL && status == STATUS_SUCCESS) {
        KeReleaseSpinLockFromDpcLevel(second);
    }
    if (irql != NO_LEVEL) {
        KeReleaseSpinLock(&W->Lock, irql);
    }
    return status; // EXPECT: irql-not-restored
}
