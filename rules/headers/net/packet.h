#ifndef NMRCHECK_NET_PACKET_H
#define NMRCHECK_NET_PACKET_H
#include "net/ring.h"
#endif
