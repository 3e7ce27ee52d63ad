#ifndef NMRCHECK_IPHLPAPI_H
#define NMRCHECK_IPHLPAPI_H
#include "netioapi.h"
#endif
