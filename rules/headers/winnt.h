#include "nmrcheck/basetypes.h"
