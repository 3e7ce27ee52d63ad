#ifndef NMRCHECK_NET_CHECKSUMTYPES_H
#define NMRCHECK_NET_CHECKSUMTYPES_H
#include "net/extension.h"
#endif
