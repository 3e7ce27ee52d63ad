#ifndef NMRCHECK_NET_DATABUFFER_H
#define NMRCHECK_NET_DATABUFFER_H
#include "net/extension.h"
#endif
