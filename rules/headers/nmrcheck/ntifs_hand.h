/* What ntifs.h has beyond the documented declarations. */
#ifndef NMRCHECK_NTIFS_HAND_H
#define NMRCHECK_NTIFS_HAND_H
#endif
