/* Checked arithmetic. The data lacks the newer names; functions, so that their status is seen. */
#ifndef NMRCHECK_NTINTSAFE_H
#define NMRCHECK_NTINTSAFE_H
#include "wdm.h"
#include "nmrcheck/intsafe_signed.h"
#include "nmrcheck/intsafe_unsigned.h"
/* @generated */
#ifdef __cplusplus
extern "C" {
#endif
NTSTATUS RtlInt8Add(INT8 a, INT8 b, INT8 *result);
NTSTATUS RtlInt8Sub(INT8 a, INT8 b, INT8 *result);
NTSTATUS RtlInt8Mult(INT8 a, INT8 b, INT8 *result);
NTSTATUS RtlUInt8Add(UINT8 a, UINT8 b, UINT8 *result);
NTSTATUS RtlUInt8Sub(UINT8 a, UINT8 b, UINT8 *result);
NTSTATUS RtlUInt8Mult(UINT8 a, UINT8 b, UINT8 *result);
NTSTATUS RtlShortAdd(SHORT a, SHORT b, SHORT *result);
NTSTATUS RtlShortSub(SHORT a, SHORT b, SHORT *result);
NTSTATUS RtlShortMult(SHORT a, SHORT b, SHORT *result);
NTSTATUS RtlUShortAdd(USHORT a, USHORT b, USHORT *result);
NTSTATUS RtlUShortSub(USHORT a, USHORT b, USHORT *result);
NTSTATUS RtlUShortMult(USHORT a, USHORT b, USHORT *result);
NTSTATUS RtlInt16Add(INT16 a, INT16 b, INT16 *result);
NTSTATUS RtlInt16Sub(INT16 a, INT16 b, INT16 *result);
NTSTATUS RtlInt16Mult(INT16 a, INT16 b, INT16 *result);
NTSTATUS RtlUInt16Add(UINT16 a, UINT16 b, UINT16 *result);
NTSTATUS RtlUInt16Sub(UINT16 a, UINT16 b, UINT16 *result);
NTSTATUS RtlUInt16Mult(UINT16 a, UINT16 b, UINT16 *result);
NTSTATUS RtlIntAdd(INT a, INT b, INT *result);
NTSTATUS RtlIntSub(INT a, INT b, INT *result);
NTSTATUS RtlIntMult(INT a, INT b, INT *result);
NTSTATUS RtlUIntAdd(UINT a, UINT b, UINT *result);
NTSTATUS RtlUIntSub(UINT a, UINT b, UINT *result);
NTSTATUS RtlUIntMult(UINT a, UINT b, UINT *result);
NTSTATUS RtlInt32Add(INT a, INT b, INT *result);
NTSTATUS RtlInt32Sub(INT a, INT b, INT *result);
NTSTATUS RtlInt32Mult(INT a, INT b, INT *result);
NTSTATUS RtlUInt32Add(UINT a, UINT b, UINT *result);
NTSTATUS RtlUInt32Sub(UINT a, UINT b, UINT *result);
NTSTATUS RtlUInt32Mult(UINT a, UINT b, UINT *result);
NTSTATUS RtlLongAdd(LONG a, LONG b, LONG *result);
NTSTATUS RtlLongSub(LONG a, LONG b, LONG *result);
NTSTATUS RtlLongMult(LONG a, LONG b, LONG *result);
NTSTATUS RtlULongAdd(ULONG a, ULONG b, ULONG *result);
NTSTATUS RtlULongSub(ULONG a, ULONG b, ULONG *result);
NTSTATUS RtlULongMult(ULONG a, ULONG b, ULONG *result);
NTSTATUS RtlLongLongAdd(LONGLONG a, LONGLONG b, LONGLONG *result);
NTSTATUS RtlLongLongSub(LONGLONG a, LONGLONG b, LONGLONG *result);
NTSTATUS RtlLongLongMult(LONGLONG a, LONGLONG b, LONGLONG *result);
NTSTATUS RtlULongLongAdd(ULONGLONG a, ULONGLONG b, ULONGLONG *result);
NTSTATUS RtlULongLongSub(ULONGLONG a, ULONGLONG b, ULONGLONG *result);
NTSTATUS RtlULongLongMult(ULONGLONG a, ULONGLONG b, ULONGLONG *result);
NTSTATUS RtlInt64Add(LONGLONG a, LONGLONG b, LONGLONG *result);
NTSTATUS RtlInt64Sub(LONGLONG a, LONGLONG b, LONGLONG *result);
NTSTATUS RtlInt64Mult(LONGLONG a, LONGLONG b, LONGLONG *result);
NTSTATUS RtlUInt64Add(ULONGLONG a, ULONGLONG b, ULONGLONG *result);
NTSTATUS RtlUInt64Sub(ULONGLONG a, ULONGLONG b, ULONGLONG *result);
NTSTATUS RtlUInt64Mult(ULONGLONG a, ULONGLONG b, ULONGLONG *result);
NTSTATUS RtlIntPtrAdd(INT_PTR a, INT_PTR b, INT_PTR *result);
NTSTATUS RtlIntPtrSub(INT_PTR a, INT_PTR b, INT_PTR *result);
NTSTATUS RtlIntPtrMult(INT_PTR a, INT_PTR b, INT_PTR *result);
NTSTATUS RtlUIntPtrAdd(UINT_PTR a, UINT_PTR b, UINT_PTR *result);
NTSTATUS RtlUIntPtrSub(UINT_PTR a, UINT_PTR b, UINT_PTR *result);
NTSTATUS RtlUIntPtrMult(UINT_PTR a, UINT_PTR b, UINT_PTR *result);
NTSTATUS RtlLongPtrAdd(LONG_PTR a, LONG_PTR b, LONG_PTR *result);
NTSTATUS RtlLongPtrSub(LONG_PTR a, LONG_PTR b, LONG_PTR *result);
NTSTATUS RtlLongPtrMult(LONG_PTR a, LONG_PTR b, LONG_PTR *result);
NTSTATUS RtlULongPtrAdd(ULONG_PTR a, ULONG_PTR b, ULONG_PTR *result);
NTSTATUS RtlULongPtrSub(ULONG_PTR a, ULONG_PTR b, ULONG_PTR *result);
NTSTATUS RtlULongPtrMult(ULONG_PTR a, ULONG_PTR b, ULONG_PTR *result);
NTSTATUS RtlSIZETAdd(SIZE_T a, SIZE_T b, SIZE_T *result);
NTSTATUS RtlSIZETSub(SIZE_T a, SIZE_T b, SIZE_T *result);
NTSTATUS RtlSIZETMult(SIZE_T a, SIZE_T b, SIZE_T *result);
NTSTATUS RtlSizeTAdd(SIZE_T a, SIZE_T b, SIZE_T *result);
NTSTATUS RtlSizeTSub(SIZE_T a, SIZE_T b, SIZE_T *result);
NTSTATUS RtlSizeTMult(SIZE_T a, SIZE_T b, SIZE_T *result);
NTSTATUS RtlSSIZETAdd(SSIZE_T a, SSIZE_T b, SSIZE_T *result);
NTSTATUS RtlSSIZETSub(SSIZE_T a, SSIZE_T b, SSIZE_T *result);
NTSTATUS RtlSSIZETMult(SSIZE_T a, SSIZE_T b, SSIZE_T *result);
NTSTATUS RtlDWordAdd(DWORD a, DWORD b, DWORD *result);
NTSTATUS RtlDWordSub(DWORD a, DWORD b, DWORD *result);
NTSTATUS RtlDWordMult(DWORD a, DWORD b, DWORD *result);
NTSTATUS RtlWordAdd(WORD a, WORD b, WORD *result);
NTSTATUS RtlWordSub(WORD a, WORD b, WORD *result);
NTSTATUS RtlWordMult(WORD a, WORD b, WORD *result);
NTSTATUS RtlDWordLongAdd(DWORDLONG a, DWORDLONG b, DWORDLONG *result);
NTSTATUS RtlDWordLongSub(DWORDLONG a, DWORDLONG b, DWORDLONG *result);
NTSTATUS RtlDWordLongMult(DWORDLONG a, DWORDLONG b, DWORDLONG *result);
NTSTATUS RtlDWordPtrAdd(DWORD_PTR a, DWORD_PTR b, DWORD_PTR *result);
NTSTATUS RtlDWordPtrSub(DWORD_PTR a, DWORD_PTR b, DWORD_PTR *result);
NTSTATUS RtlDWordPtrMult(DWORD_PTR a, DWORD_PTR b, DWORD_PTR *result);
NTSTATUS RtlByteAdd(BYTE a, BYTE b, BYTE *result);
NTSTATUS RtlByteSub(BYTE a, BYTE b, BYTE *result);
NTSTATUS RtlByteMult(BYTE a, BYTE b, BYTE *result);
NTSTATUS RtlPtrdiffTAdd(ptrdiff_t a, ptrdiff_t b, ptrdiff_t *result);
NTSTATUS RtlPtrdiffTSub(ptrdiff_t a, ptrdiff_t b, ptrdiff_t *result);
NTSTATUS RtlPtrdiffTMult(ptrdiff_t a, ptrdiff_t b, ptrdiff_t *result);
NTSTATUS RtlUCharAdd(UCHAR a, UCHAR b, UCHAR *result);
NTSTATUS RtlUCharSub(UCHAR a, UCHAR b, UCHAR *result);
NTSTATUS RtlUCharMult(UCHAR a, UCHAR b, UCHAR *result);
NTSTATUS RtlINT64Add(LONGLONG a, LONGLONG b, LONGLONG *result);
NTSTATUS RtlINT64Sub(LONGLONG a, LONGLONG b, LONGLONG *result);
NTSTATUS RtlINT64Mult(LONGLONG a, LONGLONG b, LONGLONG *result);
NTSTATUS RtlUINT64Add(ULONGLONG a, ULONGLONG b, ULONGLONG *result);
NTSTATUS RtlUINT64Sub(ULONGLONG a, ULONGLONG b, ULONGLONG *result);
NTSTATUS RtlUINT64Mult(ULONGLONG a, ULONGLONG b, ULONGLONG *result);
#ifdef __cplusplus
}
#endif
#define RtlULong64ToULong RtlULongLongToULong
#define RtlULong64ToUInt32 RtlULongLongToUInt32
#define RtlULong64Add RtlULongLongAdd
#define RtlULong64Mult RtlULongLongMult
#define ULongLongToULongPtr(v, r) RtlULongLongToULongPtr(v, r)
#define RtlSizeTToULong RtlSIZETToULong
#define RtlSizeTToUInt32 RtlSIZETToUInt32
#define RtlULongToSizeT RtlULongToSIZET
#define RtlSizeTToUShort RtlSIZETToUShort
#define RtlSizeTToUInt16 RtlSIZETToUInt16
#define RtlUInt32ToSizeT RtlUInt32ToSIZET
#define RtlSizeTToInt RtlSIZETToInt
#define RtlSizeTToLong RtlSIZETToLong
#endif
