#ifndef NMRCHECK_NET_IEEE8021Q_H
#define NMRCHECK_NET_IEEE8021Q_H
#include "net/extension.h"
#endif
