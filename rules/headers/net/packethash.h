#ifndef NMRCHECK_NET_PACKETHASH_H
#define NMRCHECK_NET_PACKETHASH_H
#include "net/extension.h"
#endif
