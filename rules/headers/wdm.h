#ifndef NMRCHECK_WDM_H
#define NMRCHECK_WDM_H
#include "ntdef.h"
#include "ntstatus.h"
#include "bugcodes.h"
#include "string.h"
#include "stdlib.h"
#include "nmrcheck/assertions.h"
#include "nmrcheck/lists.h"
#include "nmrcheck/interlocked.h"
#include "nmrcheck/kernel_functions.h"
#include "nmrcheck/wdm_constants.h"
#include "nmrcheck/wdm_types.h"
#include "nmrcheck/wpp.h"
/* @generated */
#include "nmrcheck/wdm_inline.h"
#endif
