#ifndef NMRCHECK_EVNTPROV_H
#define NMRCHECK_EVNTPROV_H
#include "evntrace.h"
#endif
