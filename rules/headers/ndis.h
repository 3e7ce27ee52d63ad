#ifndef NMRCHECK_NDIS_H
#define NMRCHECK_NDIS_H
#include "ntddk.h"
#include "ntddndis.h"
#include "nmrcheck/ndis_objects.h"
/* @generated */
#endif
