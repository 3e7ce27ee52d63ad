/* Annotations: see sal.h. */
#ifndef NMRCHECK_SPECSTRINGS_H
#define NMRCHECK_SPECSTRINGS_H
#include "sal.h"
#endif
