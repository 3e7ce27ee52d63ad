/* godwit: the helper finds the bucket and returns its lock, held; one caller closes its log before it gives it back. (Twin: ok_bucket_lock_returned) */
#include <ntddk.h>

#define BUCKETS 16

typedef struct _BUCKET { KSPIN_LOCK Lock; LIST_ENTRY Head; } BUCKET, *PBUCKET;

static BUCKET GodwitBuckets[BUCKETS];

static PBUCKET
GodwitLock(ULONG Key, PKIRQL Irql)
{
    PBUCKET bucket = &GodwitBuckets[Key % BUCKETS];

    KeAcquireSpinLock(&bucket->Lock, Irql);
    return bucket;
}

static VOID
GodwitUnlock(PBUCKET Bucket, KIRQL Irql)
{
    KeReleaseSpinLock(&Bucket->Lock, Irql);
}

BOOLEAN
GodwitMove(ULONG Key, PLIST_ENTRY Entry)
{
    KIRQL irql;
    PBUCKET bucket = GodwitLock(Key, &irql);

    if (IsListEmpty(&bucket->Head)) {
        GodwitUnlock(bucket, irql);
        return FALSE;
    }
    InsertTailList(&bucket->Head, Entry);
    GodwitUnlock(bucket, irql);
    return TRUE;
}

NTSTATUS
GodwitWrite(ULONG Key, HANDLE Log)
{
    KIRQL irql;
    PBUCKET bucket = GodwitLock(Key, &irql);
    BOOLEAN empty = IsListEmpty(&bucket->Head);

    NTSTATUS status = empty ? STATUS_NOT_FOUND : ZwClose(Log); // EXPECT: irql-too-high

    GodwitUnlock(bucket, irql);
    return status;
}
