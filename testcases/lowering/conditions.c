// Short circuits, negations and conditional operators become control flow.
int f(int);

int and_or(int a, int b, int c)
{
    if ((a && !b) || c == 3)
        return 1;
    return 0;
}
// DUMP: function and_or
// DUMP: branch a b1 b
// DUMP: branch b b
// DUMP: branch (c == 3)

int truth(int a, int b)
{
    if ((a > 1 && b) == 0)
        return f(1);
    if (!!a)
        return f(2);
    return a ?: b;
}
// DUMP: function truth
// DUMP: branch (a > 1)
// DUMP: branch b

int value_of_logic(int a)
{
    int flag = a == 1 || f(a);
    return flag;
}
// DUMP: function value_of_logic
// DUMP: branch (a == 1)
// DUMP: store flag = t0 !init

int order(int a)
{
    return a + f(a) + (a++, a);
}
// DUMP: function order
// DUMP: t0 = a
// DUMP: t1 = call f(a)
// DUMP: store a = (a + 1)

void constant(void)
{
    do {
        f(1);
    } while (0);
    if (0)
        f(99);
}
// DUMP: function constant
// DUMP: call f(1) !void_cast
// NOT: call f(99)
