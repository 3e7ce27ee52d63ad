#include "windows.h"
#include "ws2def.h"
#include "ws2ipdef.h"
