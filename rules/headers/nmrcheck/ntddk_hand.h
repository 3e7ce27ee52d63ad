/* What ntddk.h has beyond the documented declarations. */
#ifndef NMRCHECK_NTDDK_HAND_H
#define NMRCHECK_NTDDK_HAND_H
#endif
