#ifndef NMRCHECK_KBDMOU_H
#define NMRCHECK_KBDMOU_H
#include "ntddk.h"
_IRQL_requires_(DISPATCH_LEVEL)
typedef VOID (*PSERVICE_CALLBACK_ROUTINE)(PVOID NormalContext, PVOID SystemArgument1, PVOID SystemArgument2,
                                          PVOID SystemArgument3);
/* @generated */
#endif
