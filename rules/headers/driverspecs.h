/* Annotations: see sal.h. */
#ifndef NMRCHECK_DRIVERSPECS_H
#define NMRCHECK_DRIVERSPECS_H
#include "sal.h"
#endif
