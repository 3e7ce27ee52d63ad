#pragma once
#include "COMMON.H"
#pragma pack(push, 1)
typedef struct { UCHAR a; ULONG b; COMMON c; } PACKED;
#pragma pack(pop)
#define SECOND(x) ((x)->c.Handle)
static int SecondBroken(void) { return another_undeclared(1); }
