#ifndef NMRCHECK_NTDDK_H
#define NMRCHECK_NTDDK_H
#include "wdm.h"
#include "nmrcheck/ntddk_hand.h"
/* @generated */
#endif
