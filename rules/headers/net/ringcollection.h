#ifndef NMRCHECK_NET_RINGCOLLECTION_H
#define NMRCHECK_NET_RINGCOLLECTION_H
#include "net/ring.h"
#endif
