#ifndef NMRCHECK_NET_VIRTUALADDRESS_H
#define NMRCHECK_NET_VIRTUALADDRESS_H
#include "net/extension.h"
#endif
