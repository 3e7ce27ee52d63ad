/* Annotations: see sal.h. */
#ifndef NMRCHECK_KERNELSPECS_H
#define NMRCHECK_KERNELSPECS_H
#include "sal.h"
#endif
