/* Annotations: see sal.h. */
#ifndef NMRCHECK_SPECSTRINGS_STRICT_H
#define NMRCHECK_SPECSTRINGS_STRICT_H
#include "sal.h"
#endif
