/* Audio drivers: what the class itself declares is learned from its use. */
#ifndef NMRCHECK_PORTCLS_H
#define NMRCHECK_PORTCLS_H
#include "punknown.h"
/* @generated */
#endif
