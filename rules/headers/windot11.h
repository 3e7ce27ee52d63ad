#ifndef NMRCHECK_WINDOT11_H
#define NMRCHECK_WINDOT11_H
#include "ntddk.h"
#include "ntddndis.h"
typedef UCHAR DOT11_MAC_ADDRESS[6];
typedef DOT11_MAC_ADDRESS *PDOT11_MAC_ADDRESS;
/* @generated */
#endif
