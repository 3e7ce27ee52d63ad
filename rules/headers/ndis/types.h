#include "nmrcheck/ndis_types.h"
