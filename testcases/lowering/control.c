// Loops, switch, goto, scopes.
int f(int);

int loops(int n)
{
    int i;
    for (i = 0; i < n; i++) {
        int k = f(i);
        if (k == 1)
            continue;
        if (k == 2)
            break;
    }
    return i;
}
// DUMP: function loops
// DUMP: scope k
// SAME: = call f(i)
// SAME: store k = t0 !init
// SAME: branch (k == 1)
// DUMP: store i = (i + 1)
// DUMP: t1 = i
// SAME: end i
// SAME: return t1

int choose(int x)
{
    switch (x) {
    case 1:
        f(1);
    case 2 ... 5: {
        int z = x;
        if (z)
            break;
    }
    default:
        return 7;
    case 9:
        return 3;
    }
    return 0;
}
// DUMP: function choose
// DUMP: { 1 b
// DUMP: end z
// DUMP: end z

int jumps(int x)
{
again: {
    int t = f(x);
    if (t > 3)
        goto again;
    if (t == 2)
        goto out;
}
    f(2);
out:
    return x;
}
// DUMP: function jumps
// DUMP: branch (t > 3)
// SAME: :
// SAME: end t
// SAME: jump
