#ifndef NMRCHECK_WS2TCPIP_H
#define NMRCHECK_WS2TCPIP_H
#include "netioapi.h"
#endif
