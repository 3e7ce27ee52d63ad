// Every kind of annotation, declspec and calling convention, with and without a header that knows it.
// FUNCTIONS: 13
#include <fltkernel.h>
#include <ntstrsafe.h>
#include "own_sal.h"

typedef _Function_class_(OWN_CALLBACK) _IRQL_requires_max_(DISPATCH_LEVEL) _IRQL_requires_same_ VOID
OWN_CALLBACK(_In_ PVOID Context, _In_reads_bytes_opt_(Length) const UCHAR *Data, SIZE_T Length);
typedef OWN_CALLBACK *POWN_CALLBACK;
typedef _IRQL_requires_(PASSIVE_LEVEL) NTSTATUS (NTAPI *POWN_OPEN)(_Outptr_result_nullonfailure_ PVOID *Object);

OWN_CALLBACK OwnCallback;
_Own_new_annotation_ OWN_CALLBACK OtherCallback;

typedef struct DECLSPEC_CACHEALIGN _OWN_LOCK {
    DECLSPEC_ALIGN(16) KSPIN_LOCK Lock;
    __declspec(align(64)) volatile LONG Count;
    _Guarded_by_(Lock) _Field_size_(Count) PVOID *Items;
    _Field_z_ PCWSTR Name;
    _Own_field_(Count) ULONG Flags;
} OWN_LOCK, *POWN_LOCK;

_Use_decl_annotations_
VOID
OwnCallback(PVOID Context, const UCHAR *Data, SIZE_T Length)
{
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Data);
    UNREFERENCED_PARAMETER(Length);
}

_Use_decl_annotations_ VOID OtherCallback(PVOID Context, const UCHAR *Data, SIZE_T Length)
{
    OwnCallback(Context, Data, Length);
}

_When_(Wait, _IRQL_requires_max_(APC_LEVEL))
_When_(!Wait, _IRQL_requires_max_(DISPATCH_LEVEL))
_Acquires_exclusive_lock_(*Lock)
_IRQL_saves_
KIRQL
OwnAcquire(_Inout_ _Requires_lock_not_held_(*_Curr_) POWN_LOCK Lock, BOOLEAN Wait)
{
    KIRQL Irql;
    if (Wait)
        KeEnterCriticalRegion();
    KeAcquireSpinLock(&Lock->Lock, &Irql);
    return Irql;
}

_IRQL_requires_(DISPATCH_LEVEL)
_Releases_exclusive_lock_(*Lock)
VOID
OwnRelease(_Inout_ _Requires_exclusive_lock_held_(*_Curr_) POWN_LOCK Lock, _In_ _IRQL_restores_ KIRQL Irql)
{
    KeReleaseSpinLock(&Lock->Lock, Irql);
}

OWN_DEPRECATED("use the other one") OWN_API NTSTATUS OWNCALL
OwnOpen(_In_ _In_range_(>, 0) ULONG Size, _Out_writes_to_(Size, *Used) _Post_equal_to_(Size) PVOID Buffer, _Out_opt_ PULONG Used)
{
    RtlZeroMemory(Buffer, Size);
    if (ARGUMENT_PRESENT(Used))
        *Used = Size;
    return STATUS_SUCCESS;
}

OWN_INLINE ULONG OwnHash(_In_ ULONG Value) { return Value * OWN_PRIME; }

__declspec(noinline) __declspec(code_seg("PAGE")) static NTSTATUS OwnPaged(VOID)
{
    PAGED_CODE();
    return OwnHash(3) ? STATUS_SUCCESS : STATUS_UNSUCCESSFUL;
}

EXTERN_C DECLSPEC_NOINLINE _Check_return_ _Ret_maybenull_ _Post_writable_byte_size_(Size) __drv_allocatesMem(Mem) PVOID
OwnAllocate(_In_ SIZE_T Size, _In_ _Strict_type_match_ POOL_TYPE Type)
{
    return ExAllocatePoolWithTag(Type, Size, 'nwO ');
}

_Success_(return != FALSE) _Must_inspect_result_ BOOLEAN
OwnGet(_In_ PLIST_ENTRY Head, _Outptr_ _On_failure_(_Post_null_) PLIST_ENTRY *Entry)
{
    if (IsListEmpty(Head)) {
        *Entry = NULL;
        return FALSE;
    }
    *Entry = RemoveHeadList(Head);
    OWN_ANALYSIS_ASSUME(*Entry != NULL);
    _Analysis_assume_(*Entry != NULL);
    _Analysis_assume_(RtlFillMemory(Entry, 1, 0));
    __analysis_assume(Head);
    return TRUE;
}

static FORCEINLINE _Ret_notnull_ PVOID OwnNotNull(_Notnull_ PVOID p) { NT_ASSERT(p != NULL); return p; }

PVOID UseNotNull(PVOID p) { return OwnNotNull(p); }

VOID
OwnOutputs(
    _Inout_updates_all_opt_(Count) PULONG Values, ULONG Count, _COM_Outptr_ PVOID *Object,
    _Outptr_opt_result_bytebuffer_(*Count) PVOID *Bytes, _Inexpressible_(something) _In_ PVOID Odd,
    _Pre_satisfies_(Count > 0) _Interlocked_operand_ volatile LONG *Counter)
{
    _Analysis_mode_(_Analysis_code_type_kernel_driver_)
#pragma prefast(suppress : 28101, "reason")
    InterlockedIncrement(Counter);
    *Object = Odd;
    if (Bytes)
        *Bytes = Values;
    OWN_STATEMENT_MACRO(Count)
    if (Count)
        Values[0] = 1;
    OWN_BARE_MACRO
    OwnHash(Count);
}

OWN_SECTION_BEGIN(PAGE)
static NTSTATUS OwnBetween(PVOID p)
{
    return OwnOpen(1, p, NULL);
}
OWN_SECTION_END()

NTSTATUS OwnAfter(PVOID p) { return OwnBetween(p) ? OwnPaged() : STATUS_SUCCESS; }
