#ifndef NMRCHECK_MSTCPIP_H
#define NMRCHECK_MSTCPIP_H
#include "ws2ipdef.h"
#endif
