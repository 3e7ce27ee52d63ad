#ifndef NMRCHECK_SDKDDKVER_H
#define NMRCHECK_SDKDDKVER_H
#include "nmrcheck/wdm_constants.h"
#endif
