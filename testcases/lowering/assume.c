// Assertions and assumptions.
void nmrcheck_assert(int);
int nmrcheck_assert_value(int);
void nmrcheck_assume(int);
int f(int);
#define ASSERT(e) nmrcheck_assert(!!(e))

int checks(int a, int b)
{
    ASSERT(a == 1 && b);
    nmrcheck_assume(a || b == 2);
    __assume(a);
    if (nmrcheck_assert_value(f(a) == 3))
        return 1;
    switch (b) {
    case 1:
        return 2;
    default:
        __assume(0);
    }
}
// DUMP: function checks
// DUMP: assume (a == 1) !assert
// SAME: assume b !assert
// DUMP: assume (t0 == 3) !assert
// DUMP: unreachable
