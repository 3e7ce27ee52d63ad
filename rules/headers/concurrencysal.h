/* Annotations: see sal.h. */
#ifndef NMRCHECK_CONCURRENCYSAL_H
#define NMRCHECK_CONCURRENCYSAL_H
#include "sal.h"
#endif
