#ifndef NMRCHECK_NET_CHECKSUM_H
#define NMRCHECK_NET_CHECKSUM_H
#include "net/extension.h"
#endif
