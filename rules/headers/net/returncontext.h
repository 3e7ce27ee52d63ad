#ifndef NMRCHECK_NET_RETURNCONTEXT_H
#define NMRCHECK_NET_RETURNCONTEXT_H
#include "net/extension.h"
#endif
