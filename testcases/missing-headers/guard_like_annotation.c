// The guard of the header is misspelt, and looks like an annotation of which nothing is known; it is none.
// FUNCTIONS: 2
#include "guard_like_annotation.h"
#include "harbor_annotations.h"

ULONG HarborDepth(_Harbor_owned_ PHARBOR Harbor) { return Harbor->Depth + HarborTide(); }
