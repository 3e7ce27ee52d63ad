#ifndef NMRCHECK_NET_MDL_H
#define NMRCHECK_NET_MDL_H
#include "net/extension.h"
#endif
