#include <samplekit.h>
#include <Shared.h>
