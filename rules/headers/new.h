#ifndef NMRCHECK_NEW_H
#define NMRCHECK_NEW_H
#include "new"
#endif
