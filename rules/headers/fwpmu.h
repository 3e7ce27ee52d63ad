#include "fwpmk.h"
