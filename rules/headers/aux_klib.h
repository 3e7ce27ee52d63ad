#ifndef NMRCHECK_AUX_KLIB_H
#define NMRCHECK_AUX_KLIB_H
#include "ntddk.h"
#define AUX_KLIB_MODULE_PATH_LEN 256
/* @generated */
#endif
