#ifndef NMRCHECK_NET_FRAGMENT_H
#define NMRCHECK_NET_FRAGMENT_H
#include "net/ring.h"
#endif
