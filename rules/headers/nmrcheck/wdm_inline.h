/* Inline functions and macros over generated types. */
#ifndef NMRCHECK_WDM_INLINE_H
#define NMRCHECK_WDM_INLINE_H
#endif
