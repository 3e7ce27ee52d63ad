#ifndef NMRCHECK_NET_LOGICALADDRESS_H
#define NMRCHECK_NET_LOGICALADDRESS_H
#include "net/extension.h"
#endif
