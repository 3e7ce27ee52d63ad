#include "nmrcheck/ndis_constants.h"
