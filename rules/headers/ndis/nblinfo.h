#include "nmrcheck/ndis_buffers.h"
