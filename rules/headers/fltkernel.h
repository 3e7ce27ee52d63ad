#ifndef NMRCHECK_FLTKERNEL_H
#define NMRCHECK_FLTKERNEL_H
#include "ntifs.h"
#include "fltuserstructures.h"
#include "nmrcheck/flt_types.h"
/* @generated */
#endif
