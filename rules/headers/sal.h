/*
 * The source annotation language of the Windows headers.
 *
 * Words that a rule reads become annotate attributes ("nmrcheck:NAME", text of the arguments, integer where the
 * argument is one); all others vanish. An unknown word in a parameter list loses the parameter, so the whole
 * vocabulary is here.
 */
#ifndef NMRCHECK_SAL_H
#define NMRCHECK_SAL_H

#include "nmrcheck/sal_ignored.h"
#include "nmrcheck/sal_legacy.h"
#include "nmrcheck/sal_rules.h"
#include "nmrcheck/sal_sizes.h"

#endif
