/* A file that no compiler takes: the rest of the driver is judged all the same. */
#include <shared.h>

int beta_broken(int a)
{
    return a +* ) 1;
}

int beta_sound(int a)
{
    return a + 1;
}
