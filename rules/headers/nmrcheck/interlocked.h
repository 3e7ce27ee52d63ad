/* Interlocked operations, all widths and orderings, as functions; fences and ordered loads and stores. */
#ifndef NMRCHECK_INTERLOCKED_H
#define NMRCHECK_INTERLOCKED_H
#include "nmrcheck/basetypes.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Full fence. */
LONG InterlockedIncrement(LONG volatile *Addend);
LONG InterlockedDecrement(LONG volatile *Addend);
LONG InterlockedExchange(LONG volatile *Target, LONG Value);
LONG InterlockedExchangeAdd(LONG volatile *Addend, LONG Value);
LONG InterlockedAdd(LONG volatile *Addend, LONG Value);
LONG InterlockedCompareExchange(LONG volatile *Destination, LONG Exchange, LONG Comparand);
LONG InterlockedAnd(LONG volatile *Destination, LONG Value);
LONG InterlockedOr(LONG volatile *Destination, LONG Value);
LONG InterlockedXor(LONG volatile *Destination, LONG Value);
BOOLEAN InterlockedBitTestAndSet(LONG volatile *Base, LONG Bit);
BOOLEAN InterlockedBitTestAndReset(LONG volatile *Base, LONG Bit);
BOOLEAN InterlockedBitTestAndComplement(LONG volatile *Base, LONG Bit);
SHORT InterlockedIncrement16(SHORT volatile *Addend);
SHORT InterlockedDecrement16(SHORT volatile *Addend);
SHORT InterlockedExchange16(SHORT volatile *Target, SHORT Value);
SHORT InterlockedExchangeAdd16(SHORT volatile *Addend, SHORT Value);
SHORT InterlockedAdd16(SHORT volatile *Addend, SHORT Value);
SHORT InterlockedCompareExchange16(SHORT volatile *Destination, SHORT Exchange, SHORT Comparand);
SHORT InterlockedAnd16(SHORT volatile *Destination, SHORT Value);
SHORT InterlockedOr16(SHORT volatile *Destination, SHORT Value);
SHORT InterlockedXor16(SHORT volatile *Destination, SHORT Value);
LONG64 InterlockedIncrement64(LONG64 volatile *Addend);
LONG64 InterlockedDecrement64(LONG64 volatile *Addend);
LONG64 InterlockedExchange64(LONG64 volatile *Target, LONG64 Value);
LONG64 InterlockedExchangeAdd64(LONG64 volatile *Addend, LONG64 Value);
LONG64 InterlockedAdd64(LONG64 volatile *Addend, LONG64 Value);
LONG64 InterlockedCompareExchange64(LONG64 volatile *Destination, LONG64 Exchange, LONG64 Comparand);
LONG64 InterlockedAnd64(LONG64 volatile *Destination, LONG64 Value);
LONG64 InterlockedOr64(LONG64 volatile *Destination, LONG64 Value);
LONG64 InterlockedXor64(LONG64 volatile *Destination, LONG64 Value);
BOOLEAN InterlockedBitTestAndSet64(LONG64 volatile *Base, LONG64 Bit);
BOOLEAN InterlockedBitTestAndReset64(LONG64 volatile *Base, LONG64 Bit);
BOOLEAN InterlockedBitTestAndComplement64(LONG64 volatile *Base, LONG64 Bit);
CHAR InterlockedExchange8(CHAR volatile *Target, CHAR Value);
CHAR InterlockedExchangeAdd8(CHAR volatile *Addend, CHAR Value);
CHAR InterlockedAdd8(CHAR volatile *Addend, CHAR Value);
CHAR InterlockedCompareExchange8(CHAR volatile *Destination, CHAR Exchange, CHAR Comparand);
CHAR InterlockedAnd8(CHAR volatile *Destination, CHAR Value);
CHAR InterlockedOr8(CHAR volatile *Destination, CHAR Value);
CHAR InterlockedXor8(CHAR volatile *Destination, CHAR Value);
PVOID InterlockedExchangePointer(PVOID volatile *Target, PVOID Value);
PVOID InterlockedCompareExchangePointer(PVOID volatile *Destination, PVOID Exchange, PVOID Comparand);
BOOLEAN InterlockedCompareExchange128(LONG64 volatile *Destination, LONG64 High, LONG64 Low, LONG64 *Comparand);
/* Acquire. */
LONG InterlockedIncrementAcquire(LONG volatile *Addend);
LONG InterlockedDecrementAcquire(LONG volatile *Addend);
LONG InterlockedExchangeAcquire(LONG volatile *Target, LONG Value);
LONG InterlockedExchangeAddAcquire(LONG volatile *Addend, LONG Value);
LONG InterlockedAddAcquire(LONG volatile *Addend, LONG Value);
LONG InterlockedCompareExchangeAcquire(LONG volatile *Destination, LONG Exchange, LONG Comparand);
LONG InterlockedAndAcquire(LONG volatile *Destination, LONG Value);
LONG InterlockedOrAcquire(LONG volatile *Destination, LONG Value);
LONG InterlockedXorAcquire(LONG volatile *Destination, LONG Value);
BOOLEAN InterlockedBitTestAndSetAcquire(LONG volatile *Base, LONG Bit);
BOOLEAN InterlockedBitTestAndResetAcquire(LONG volatile *Base, LONG Bit);
BOOLEAN InterlockedBitTestAndComplementAcquire(LONG volatile *Base, LONG Bit);
SHORT InterlockedIncrementAcquire16(SHORT volatile *Addend);
SHORT InterlockedDecrementAcquire16(SHORT volatile *Addend);
SHORT InterlockedExchangeAcquire16(SHORT volatile *Target, SHORT Value);
SHORT InterlockedExchangeAddAcquire16(SHORT volatile *Addend, SHORT Value);
SHORT InterlockedAddAcquire16(SHORT volatile *Addend, SHORT Value);
SHORT InterlockedCompareExchangeAcquire16(SHORT volatile *Destination, SHORT Exchange, SHORT Comparand);
SHORT InterlockedAndAcquire16(SHORT volatile *Destination, SHORT Value);
SHORT InterlockedOrAcquire16(SHORT volatile *Destination, SHORT Value);
SHORT InterlockedXorAcquire16(SHORT volatile *Destination, SHORT Value);
LONG64 InterlockedIncrementAcquire64(LONG64 volatile *Addend);
LONG64 InterlockedDecrementAcquire64(LONG64 volatile *Addend);
LONG64 InterlockedExchangeAcquire64(LONG64 volatile *Target, LONG64 Value);
LONG64 InterlockedExchangeAddAcquire64(LONG64 volatile *Addend, LONG64 Value);
LONG64 InterlockedAddAcquire64(LONG64 volatile *Addend, LONG64 Value);
LONG64 InterlockedCompareExchangeAcquire64(LONG64 volatile *Destination, LONG64 Exchange, LONG64 Comparand);
LONG64 InterlockedAndAcquire64(LONG64 volatile *Destination, LONG64 Value);
LONG64 InterlockedOrAcquire64(LONG64 volatile *Destination, LONG64 Value);
LONG64 InterlockedXorAcquire64(LONG64 volatile *Destination, LONG64 Value);
BOOLEAN InterlockedBitTestAndSetAcquire64(LONG64 volatile *Base, LONG64 Bit);
BOOLEAN InterlockedBitTestAndResetAcquire64(LONG64 volatile *Base, LONG64 Bit);
BOOLEAN InterlockedBitTestAndComplementAcquire64(LONG64 volatile *Base, LONG64 Bit);
CHAR InterlockedExchangeAcquire8(CHAR volatile *Target, CHAR Value);
CHAR InterlockedExchangeAddAcquire8(CHAR volatile *Addend, CHAR Value);
CHAR InterlockedAddAcquire8(CHAR volatile *Addend, CHAR Value);
CHAR InterlockedCompareExchangeAcquire8(CHAR volatile *Destination, CHAR Exchange, CHAR Comparand);
CHAR InterlockedAndAcquire8(CHAR volatile *Destination, CHAR Value);
CHAR InterlockedOrAcquire8(CHAR volatile *Destination, CHAR Value);
CHAR InterlockedXorAcquire8(CHAR volatile *Destination, CHAR Value);
PVOID InterlockedExchangePointerAcquire(PVOID volatile *Target, PVOID Value);
PVOID InterlockedCompareExchangePointerAcquire(PVOID volatile *Destination, PVOID Exchange, PVOID Comparand);
BOOLEAN InterlockedCompareExchange128Acquire(LONG64 volatile *Destination, LONG64 High, LONG64 Low, LONG64 *Comparand);
/* Release. */
LONG InterlockedIncrementRelease(LONG volatile *Addend);
LONG InterlockedDecrementRelease(LONG volatile *Addend);
LONG InterlockedExchangeRelease(LONG volatile *Target, LONG Value);
LONG InterlockedExchangeAddRelease(LONG volatile *Addend, LONG Value);
LONG InterlockedAddRelease(LONG volatile *Addend, LONG Value);
LONG InterlockedCompareExchangeRelease(LONG volatile *Destination, LONG Exchange, LONG Comparand);
LONG InterlockedAndRelease(LONG volatile *Destination, LONG Value);
LONG InterlockedOrRelease(LONG volatile *Destination, LONG Value);
LONG InterlockedXorRelease(LONG volatile *Destination, LONG Value);
BOOLEAN InterlockedBitTestAndSetRelease(LONG volatile *Base, LONG Bit);
BOOLEAN InterlockedBitTestAndResetRelease(LONG volatile *Base, LONG Bit);
BOOLEAN InterlockedBitTestAndComplementRelease(LONG volatile *Base, LONG Bit);
SHORT InterlockedIncrementRelease16(SHORT volatile *Addend);
SHORT InterlockedDecrementRelease16(SHORT volatile *Addend);
SHORT InterlockedExchangeRelease16(SHORT volatile *Target, SHORT Value);
SHORT InterlockedExchangeAddRelease16(SHORT volatile *Addend, SHORT Value);
SHORT InterlockedAddRelease16(SHORT volatile *Addend, SHORT Value);
SHORT InterlockedCompareExchangeRelease16(SHORT volatile *Destination, SHORT Exchange, SHORT Comparand);
SHORT InterlockedAndRelease16(SHORT volatile *Destination, SHORT Value);
SHORT InterlockedOrRelease16(SHORT volatile *Destination, SHORT Value);
SHORT InterlockedXorRelease16(SHORT volatile *Destination, SHORT Value);
LONG64 InterlockedIncrementRelease64(LONG64 volatile *Addend);
LONG64 InterlockedDecrementRelease64(LONG64 volatile *Addend);
LONG64 InterlockedExchangeRelease64(LONG64 volatile *Target, LONG64 Value);
LONG64 InterlockedExchangeAddRelease64(LONG64 volatile *Addend, LONG64 Value);
LONG64 InterlockedAddRelease64(LONG64 volatile *Addend, LONG64 Value);
LONG64 InterlockedCompareExchangeRelease64(LONG64 volatile *Destination, LONG64 Exchange, LONG64 Comparand);
LONG64 InterlockedAndRelease64(LONG64 volatile *Destination, LONG64 Value);
LONG64 InterlockedOrRelease64(LONG64 volatile *Destination, LONG64 Value);
LONG64 InterlockedXorRelease64(LONG64 volatile *Destination, LONG64 Value);
BOOLEAN InterlockedBitTestAndSetRelease64(LONG64 volatile *Base, LONG64 Bit);
BOOLEAN InterlockedBitTestAndResetRelease64(LONG64 volatile *Base, LONG64 Bit);
BOOLEAN InterlockedBitTestAndComplementRelease64(LONG64 volatile *Base, LONG64 Bit);
CHAR InterlockedExchangeRelease8(CHAR volatile *Target, CHAR Value);
CHAR InterlockedExchangeAddRelease8(CHAR volatile *Addend, CHAR Value);
CHAR InterlockedAddRelease8(CHAR volatile *Addend, CHAR Value);
CHAR InterlockedCompareExchangeRelease8(CHAR volatile *Destination, CHAR Exchange, CHAR Comparand);
CHAR InterlockedAndRelease8(CHAR volatile *Destination, CHAR Value);
CHAR InterlockedOrRelease8(CHAR volatile *Destination, CHAR Value);
CHAR InterlockedXorRelease8(CHAR volatile *Destination, CHAR Value);
PVOID InterlockedExchangePointerRelease(PVOID volatile *Target, PVOID Value);
PVOID InterlockedCompareExchangePointerRelease(PVOID volatile *Destination, PVOID Exchange, PVOID Comparand);
BOOLEAN InterlockedCompareExchange128Release(LONG64 volatile *Destination, LONG64 High, LONG64 Low, LONG64 *Comparand);
/* NoFence. */
LONG InterlockedIncrementNoFence(LONG volatile *Addend);
LONG InterlockedDecrementNoFence(LONG volatile *Addend);
LONG InterlockedExchangeNoFence(LONG volatile *Target, LONG Value);
LONG InterlockedExchangeAddNoFence(LONG volatile *Addend, LONG Value);
LONG InterlockedAddNoFence(LONG volatile *Addend, LONG Value);
LONG InterlockedCompareExchangeNoFence(LONG volatile *Destination, LONG Exchange, LONG Comparand);
LONG InterlockedAndNoFence(LONG volatile *Destination, LONG Value);
LONG InterlockedOrNoFence(LONG volatile *Destination, LONG Value);
LONG InterlockedXorNoFence(LONG volatile *Destination, LONG Value);
BOOLEAN InterlockedBitTestAndSetNoFence(LONG volatile *Base, LONG Bit);
BOOLEAN InterlockedBitTestAndResetNoFence(LONG volatile *Base, LONG Bit);
BOOLEAN InterlockedBitTestAndComplementNoFence(LONG volatile *Base, LONG Bit);
SHORT InterlockedIncrementNoFence16(SHORT volatile *Addend);
SHORT InterlockedDecrementNoFence16(SHORT volatile *Addend);
SHORT InterlockedExchangeNoFence16(SHORT volatile *Target, SHORT Value);
SHORT InterlockedExchangeAddNoFence16(SHORT volatile *Addend, SHORT Value);
SHORT InterlockedAddNoFence16(SHORT volatile *Addend, SHORT Value);
SHORT InterlockedCompareExchangeNoFence16(SHORT volatile *Destination, SHORT Exchange, SHORT Comparand);
SHORT InterlockedAndNoFence16(SHORT volatile *Destination, SHORT Value);
SHORT InterlockedOrNoFence16(SHORT volatile *Destination, SHORT Value);
SHORT InterlockedXorNoFence16(SHORT volatile *Destination, SHORT Value);
LONG64 InterlockedIncrementNoFence64(LONG64 volatile *Addend);
LONG64 InterlockedDecrementNoFence64(LONG64 volatile *Addend);
LONG64 InterlockedExchangeNoFence64(LONG64 volatile *Target, LONG64 Value);
LONG64 InterlockedExchangeAddNoFence64(LONG64 volatile *Addend, LONG64 Value);
LONG64 InterlockedAddNoFence64(LONG64 volatile *Addend, LONG64 Value);
LONG64 InterlockedCompareExchangeNoFence64(LONG64 volatile *Destination, LONG64 Exchange, LONG64 Comparand);
LONG64 InterlockedAndNoFence64(LONG64 volatile *Destination, LONG64 Value);
LONG64 InterlockedOrNoFence64(LONG64 volatile *Destination, LONG64 Value);
LONG64 InterlockedXorNoFence64(LONG64 volatile *Destination, LONG64 Value);
BOOLEAN InterlockedBitTestAndSetNoFence64(LONG64 volatile *Base, LONG64 Bit);
BOOLEAN InterlockedBitTestAndResetNoFence64(LONG64 volatile *Base, LONG64 Bit);
BOOLEAN InterlockedBitTestAndComplementNoFence64(LONG64 volatile *Base, LONG64 Bit);
CHAR InterlockedExchangeNoFence8(CHAR volatile *Target, CHAR Value);
CHAR InterlockedExchangeAddNoFence8(CHAR volatile *Addend, CHAR Value);
CHAR InterlockedAddNoFence8(CHAR volatile *Addend, CHAR Value);
CHAR InterlockedCompareExchangeNoFence8(CHAR volatile *Destination, CHAR Exchange, CHAR Comparand);
CHAR InterlockedAndNoFence8(CHAR volatile *Destination, CHAR Value);
CHAR InterlockedOrNoFence8(CHAR volatile *Destination, CHAR Value);
CHAR InterlockedXorNoFence8(CHAR volatile *Destination, CHAR Value);
PVOID InterlockedExchangePointerNoFence(PVOID volatile *Target, PVOID Value);
PVOID InterlockedCompareExchangePointerNoFence(PVOID volatile *Destination, PVOID Exchange, PVOID Comparand);
BOOLEAN InterlockedCompareExchange128NoFence(LONG64 volatile *Destination, LONG64 High, LONG64 Low, LONG64 *Comparand);
VOID MemoryBarrier(VOID);
VOID KeMemoryBarrier(VOID);
VOID KeMemoryBarrierWithoutFence(VOID);
VOID YieldProcessor(VOID);
VOID _mm_pause(VOID);
VOID _mm_mfence(VOID);
VOID _mm_lfence(VOID);
VOID _mm_sfence(VOID);
VOID _ReadWriteBarrier(VOID);
VOID _ReadBarrier(VOID);
VOID _WriteBarrier(VOID);
VOID SpeculationFence(VOID);
VOID PrefetchForWrite(const volatile VOID *Address);
VOID PreFetchCacheLine(int Level, const volatile VOID *Address);
#define PF_TEMPORAL_LEVEL_1 1
#define PF_NON_TEMPORAL_LEVEL_ALL 0
#define InterlockedIncrementSizeT(p) InterlockedIncrement64((LONG64 volatile *)(p))
#define InterlockedDecrementSizeT(p) InterlockedDecrement64((LONG64 volatile *)(p))
#define InterlockedExchangeAddSizeT(p, v) InterlockedExchangeAdd64((LONG64 volatile *)(p), (LONG64)(v))

#ifdef __cplusplus
}
#endif

/* Ordering does not matter to the analysis: a plain load or store of the volatile object. */
static inline LONG ReadNoFence(LONG const volatile *Source)
{
    return *Source;
}
static inline CHAR ReadNoFence8(CHAR const volatile *Source)
{
    return *Source;
}
static inline SHORT ReadNoFence16(SHORT const volatile *Source)
{
    return *Source;
}
static inline LONG64 ReadNoFence64(LONG64 const volatile *Source)
{
    return *Source;
}
static inline UCHAR ReadUCharNoFence(UCHAR const volatile *Source)
{
    return *Source;
}
static inline USHORT ReadUShortNoFence(USHORT const volatile *Source)
{
    return *Source;
}
static inline ULONG ReadULongNoFence(ULONG const volatile *Source)
{
    return *Source;
}
static inline ULONG64 ReadULong64NoFence(ULONG64 const volatile *Source)
{
    return *Source;
}
static inline BOOLEAN ReadBooleanNoFence(BOOLEAN const volatile *Source)
{
    return *Source;
}
static inline LONG ReadAcquire(LONG const volatile *Source)
{
    return *Source;
}
static inline CHAR ReadAcquire8(CHAR const volatile *Source)
{
    return *Source;
}
static inline SHORT ReadAcquire16(SHORT const volatile *Source)
{
    return *Source;
}
static inline LONG64 ReadAcquire64(LONG64 const volatile *Source)
{
    return *Source;
}
static inline UCHAR ReadUCharAcquire(UCHAR const volatile *Source)
{
    return *Source;
}
static inline USHORT ReadUShortAcquire(USHORT const volatile *Source)
{
    return *Source;
}
static inline ULONG ReadULongAcquire(ULONG const volatile *Source)
{
    return *Source;
}
static inline ULONG64 ReadULong64Acquire(ULONG64 const volatile *Source)
{
    return *Source;
}
static inline BOOLEAN ReadBooleanAcquire(BOOLEAN const volatile *Source)
{
    return *Source;
}
static inline LONG ReadRaw(LONG const volatile *Source)
{
    return *Source;
}
static inline CHAR ReadRaw8(CHAR const volatile *Source)
{
    return *Source;
}
static inline SHORT ReadRaw16(SHORT const volatile *Source)
{
    return *Source;
}
static inline LONG64 ReadRaw64(LONG64 const volatile *Source)
{
    return *Source;
}
static inline UCHAR ReadUCharRaw(UCHAR const volatile *Source)
{
    return *Source;
}
static inline USHORT ReadUShortRaw(USHORT const volatile *Source)
{
    return *Source;
}
static inline ULONG ReadULongRaw(ULONG const volatile *Source)
{
    return *Source;
}
static inline ULONG64 ReadULong64Raw(ULONG64 const volatile *Source)
{
    return *Source;
}
static inline BOOLEAN ReadBooleanRaw(BOOLEAN const volatile *Source)
{
    return *Source;
}
static inline VOID WriteNoFence(LONG volatile *Destination, LONG Value)
{
    *Destination = Value;
}
static inline VOID WriteNoFence8(CHAR volatile *Destination, CHAR Value)
{
    *Destination = Value;
}
static inline VOID WriteNoFence16(SHORT volatile *Destination, SHORT Value)
{
    *Destination = Value;
}
static inline VOID WriteNoFence64(LONG64 volatile *Destination, LONG64 Value)
{
    *Destination = Value;
}
static inline VOID WriteUCharNoFence(UCHAR volatile *Destination, UCHAR Value)
{
    *Destination = Value;
}
static inline VOID WriteUShortNoFence(USHORT volatile *Destination, USHORT Value)
{
    *Destination = Value;
}
static inline VOID WriteULongNoFence(ULONG volatile *Destination, ULONG Value)
{
    *Destination = Value;
}
static inline VOID WriteULong64NoFence(ULONG64 volatile *Destination, ULONG64 Value)
{
    *Destination = Value;
}
static inline VOID WriteBooleanNoFence(BOOLEAN volatile *Destination, BOOLEAN Value)
{
    *Destination = Value;
}
static inline VOID WriteRelease(LONG volatile *Destination, LONG Value)
{
    *Destination = Value;
}
static inline VOID WriteRelease8(CHAR volatile *Destination, CHAR Value)
{
    *Destination = Value;
}
static inline VOID WriteRelease16(SHORT volatile *Destination, SHORT Value)
{
    *Destination = Value;
}
static inline VOID WriteRelease64(LONG64 volatile *Destination, LONG64 Value)
{
    *Destination = Value;
}
static inline VOID WriteUCharRelease(UCHAR volatile *Destination, UCHAR Value)
{
    *Destination = Value;
}
static inline VOID WriteUShortRelease(USHORT volatile *Destination, USHORT Value)
{
    *Destination = Value;
}
static inline VOID WriteULongRelease(ULONG volatile *Destination, ULONG Value)
{
    *Destination = Value;
}
static inline VOID WriteULong64Release(ULONG64 volatile *Destination, ULONG64 Value)
{
    *Destination = Value;
}
static inline VOID WriteBooleanRelease(BOOLEAN volatile *Destination, BOOLEAN Value)
{
    *Destination = Value;
}
static inline VOID WriteRaw(LONG volatile *Destination, LONG Value)
{
    *Destination = Value;
}
static inline VOID WriteRaw8(CHAR volatile *Destination, CHAR Value)
{
    *Destination = Value;
}
static inline VOID WriteRaw16(SHORT volatile *Destination, SHORT Value)
{
    *Destination = Value;
}
static inline VOID WriteRaw64(LONG64 volatile *Destination, LONG64 Value)
{
    *Destination = Value;
}
static inline VOID WriteUCharRaw(UCHAR volatile *Destination, UCHAR Value)
{
    *Destination = Value;
}
static inline VOID WriteUShortRaw(USHORT volatile *Destination, USHORT Value)
{
    *Destination = Value;
}
static inline VOID WriteULongRaw(ULONG volatile *Destination, ULONG Value)
{
    *Destination = Value;
}
static inline VOID WriteULong64Raw(ULONG64 volatile *Destination, ULONG64 Value)
{
    *Destination = Value;
}
static inline VOID WriteBooleanRaw(BOOLEAN volatile *Destination, BOOLEAN Value)
{
    *Destination = Value;
}
#define ReadPointerNoFence(p) (*(p))
#define ReadSizeTNoFence(p) (*(p))
#define ReadULongPtrNoFence(p) (*(p))
#define ReadLongPtrNoFence(p) (*(p))
#define ReadPointerAcquire(p) (*(p))
#define ReadSizeTAcquire(p) (*(p))
#define ReadULongPtrAcquire(p) (*(p))
#define ReadLongPtrAcquire(p) (*(p))
#define ReadPointerRaw(p) (*(p))
#define ReadSizeTRaw(p) (*(p))
#define ReadULongPtrRaw(p) (*(p))
#define ReadLongPtrRaw(p) (*(p))
#define WritePointerNoFence(p, v) ((void)(*(p) = (v)))
#define WriteSizeTNoFence(p, v) ((void)(*(p) = (v)))
#define WriteULongPtrNoFence(p, v) ((void)(*(p) = (v)))
#define WritePointerRelease(p, v) ((void)(*(p) = (v)))
#define WriteSizeTRelease(p, v) ((void)(*(p) = (v)))
#define WriteULongPtrRelease(p, v) ((void)(*(p) = (v)))
#define WritePointerRaw(p, v) ((void)(*(p) = (v)))
#define WriteSizeTRaw(p, v) ((void)(*(p) = (v)))
#define WriteULongPtrRaw(p, v) ((void)(*(p) = (v)))

#endif
