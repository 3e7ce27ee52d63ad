/* Which components are up. */
#include "state.h"

static BOOLEAN up_table[COMPONENT_COUNT];

void state_set(enum component c, BOOLEAN up)
{
    up_table[c] = up;
}

BOOLEAN state_is_up(enum component c)
{
    return up_table[c];
}
