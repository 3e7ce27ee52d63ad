#include "ifdef.h"
