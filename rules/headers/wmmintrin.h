#include "intrin.h"
