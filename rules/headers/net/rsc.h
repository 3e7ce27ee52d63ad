#ifndef NMRCHECK_NET_RSC_H
#define NMRCHECK_NET_RSC_H
#include "net/extension.h"
#endif
