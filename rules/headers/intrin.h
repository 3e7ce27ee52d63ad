/* The few compiler intrinsics that drivers call, as functions. */
#ifndef NMRCHECK_INTRIN_H
#define NMRCHECK_INTRIN_H
#include "nmrcheck/interlocked.h"
#ifdef __cplusplus
extern "C" {
#endif
#define _InterlockedIncrement InterlockedIncrement
#define _InterlockedIncrement16 InterlockedIncrement16
#define _InterlockedIncrement64 InterlockedIncrement64
#define _InterlockedDecrement InterlockedDecrement
#define _InterlockedDecrement16 InterlockedDecrement16
#define _InterlockedDecrement64 InterlockedDecrement64
#define _InterlockedExchange InterlockedExchange
#define _InterlockedExchange8 InterlockedExchange8
#define _InterlockedExchange16 InterlockedExchange16
#define _InterlockedExchange64 InterlockedExchange64
#define _InterlockedExchangeAdd InterlockedExchangeAdd
#define _InterlockedExchangeAdd8 InterlockedExchangeAdd8
#define _InterlockedExchangeAdd16 InterlockedExchangeAdd16
#define _InterlockedExchangeAdd64 InterlockedExchangeAdd64
#define _InterlockedCompareExchange InterlockedCompareExchange
#define _InterlockedCompareExchange8 InterlockedCompareExchange8
#define _InterlockedCompareExchange16 InterlockedCompareExchange16
#define _InterlockedCompareExchange64 InterlockedCompareExchange64
#define _InterlockedAnd InterlockedAnd
#define _InterlockedAnd8 InterlockedAnd8
#define _InterlockedAnd16 InterlockedAnd16
#define _InterlockedAnd64 InterlockedAnd64
#define _InterlockedOr InterlockedOr
#define _InterlockedOr8 InterlockedOr8
#define _InterlockedOr16 InterlockedOr16
#define _InterlockedOr64 InterlockedOr64
#define _InterlockedXor InterlockedXor
#define _InterlockedXor8 InterlockedXor8
#define _InterlockedXor16 InterlockedXor16
#define _InterlockedXor64 InterlockedXor64
#define _InterlockedExchangePointer InterlockedExchangePointer
#define _InterlockedCompareExchangePointer InterlockedCompareExchangePointer
#define _InterlockedCompareExchange128 InterlockedCompareExchange128
#define _interlockedbittestandset InterlockedBitTestAndSet
#define _interlockedbittestandreset InterlockedBitTestAndReset
#define _interlockedbittestandset64 InterlockedBitTestAndSet64
#define _interlockedbittestandreset64 InterlockedBitTestAndReset64
void __cpuid(int info[4], int leaf);
void __cpuidex(int info[4], int leaf, int subleaf);
unsigned __int64 __readcr0(void);
unsigned __int64 __readcr3(void);
unsigned __int64 __readcr4(void);
unsigned __int64 __readcr8(void);
void __writecr8(unsigned __int64 value);
unsigned __int64 __readmsr(unsigned long reg);
void __writemsr(unsigned long reg, unsigned __int64 value);
unsigned __int64 __readeflags(void);
unsigned __int64 __rdtsc(void);
unsigned __int64 __rdtscp(unsigned int *aux);
unsigned __int64 _xgetbv(unsigned int reg);
unsigned __int64 __umulh(unsigned __int64 a, unsigned __int64 b);
unsigned __int64 _umul128(unsigned __int64 a, unsigned __int64 b, unsigned __int64 *high);
unsigned __int64 UnsignedMultiplyHigh(unsigned __int64 a, unsigned __int64 b);
unsigned __int64 UnsignedMultiply128(unsigned __int64 a, unsigned __int64 b, unsigned __int64 *high);
unsigned __int64 __shiftright128(unsigned __int64 low, unsigned __int64 high, unsigned char shift);
void __halt(void);
void __nop(void);
void _disable(void);
void _enable(void);
void __stosb(unsigned char *to, unsigned char value, size_t count);
void __movsb(unsigned char *to, unsigned char const *from, size_t count);
void __stosq(unsigned __int64 *to, unsigned __int64 value, size_t count);
void __invlpg(void *address);
void __wbinvd(void);
void *_ReturnAddress(void);
void *_AddressOfReturnAddress(void);
unsigned char __readgsbyte(unsigned long offset);
unsigned __int64 __readgsqword(unsigned long offset);
unsigned char __inbyte(unsigned short port);
void __outbyte(unsigned short port, unsigned char value);
unsigned int __popcnt(unsigned int value);
unsigned __int64 __popcnt64(unsigned __int64 value);
unsigned int __lzcnt(unsigned int value);
int _rdrand64_step(unsigned __int64 *value);
#ifdef __cplusplus
}
#endif
#endif
