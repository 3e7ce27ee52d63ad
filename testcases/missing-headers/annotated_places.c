// Words that nothing declares, and that stand for attributes, in the places that attributes have.
// FUNCTIONS: 5
#include <ntddk.h>
#include "quarry_attributes.h"

int known(int);

QUARRY_REGISTER(device)
QUARRY_REGISTER(other)

struct Numbers {
    ULONG first;
    ULONG second QUARRY_ALIGNED(8);
};
struct QUARRY_PACKED Packed { ULONG a; };
typedef struct QUARRY_ALIGN_AS(16) Aligned { ULONG a; } Aligned;
typedef struct Trailing { ULONG a; } QUARRY_PACKED_TOO Trailing;

void declared(void) QUARRY_ATTRIBUTE;
void declared(void) { known(1); }
int with_arguments(int a) QUARRY_ATTRIBUTE_OF(1, 2);
int with_arguments(int a) { return a; }
QUARRY_EXPORT int WINAPI exported(int a) { return a; }
static QUARRY_INLINE int inlined(int a) { return a + 2; }

int user(struct Packed *packed, Aligned *aligned, Trailing *trailing, struct Numbers *numbers)
{
    declared();
    return known((int)(packed->a + aligned->a + trailing->a + numbers->second)) + with_arguments(inlined(exported(1)));
}
