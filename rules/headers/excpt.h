#include "nmrcheck/kernel_objects.h"
