#ifndef NMRCHECK_NTIFS_H
#define NMRCHECK_NTIFS_H
#include "ntddk.h"
#include "nmrcheck/ntifs_hand.h"
/* @generated */
#endif
