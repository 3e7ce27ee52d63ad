#ifndef NMRCHECK_NET_GSOTYPES_H
#define NMRCHECK_NET_GSOTYPES_H
#include "net/extension.h"
#endif
