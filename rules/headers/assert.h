#ifndef NMRCHECK_ASSERT_H
#define NMRCHECK_ASSERT_H
#include "nmrcheck/assertions.h"
#undef assert
#define assert(expression) nmrcheck_assert(!!(expression))
#ifndef __cplusplus
#define static_assert _Static_assert
#endif
#endif
