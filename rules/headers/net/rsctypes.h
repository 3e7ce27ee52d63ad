#ifndef NMRCHECK_NET_RSCTYPES_H
#define NMRCHECK_NET_RSCTYPES_H
#include "net/extension.h"
#endif
