#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _CHISEL_DISPATCH { USHORT Version; VOID (NTAPI *Cut)(PVOID Context); } CHISEL_DISPATCH;
typedef struct _CHISEL { ULONG Cuts; ULONG ClientVersion; } CHISEL, *PCHISEL;

PCHISEL ChiselCreate(ULONG ClientVersion);
VOID ChiselDelete(PCHISEL Chisel);
const CHISEL_DISPATCH *ChiselTable(ULONG ClientVersion);
