#ifndef NMRCHECK_IP2STRING_H
#define NMRCHECK_IP2STRING_H
#include "ws2ipdef.h"
#endif
