#ifndef NMRCHECK_NET_GSO_H
#define NMRCHECK_NET_GSO_H
#include "net/extension.h"
#endif
