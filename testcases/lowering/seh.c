// Structured exception handling: finally bodies on each way out, exceptions to their handlers.
int use(int);
void ProbeForRead(const volatile void *, unsigned long long, unsigned long);
void ExRaiseStatus(long);

int leave(int n)
{
    int r = 0;
    __try {
        if (n == 1)
            return 5;
        if (n == 2)
            __leave;
        r = use(1);
    } __finally {
        use(10 + _abnormal_termination());
    }
    return r;
}
// DUMP: function leave
// DUMP: exception
// DUMP: call use(11) !void_cast
// DUMP: return 5
// DUMP: call use(10) !void_cast
// DUMP: call use(11) !void_cast
// SAME: unreachable

int probe(int *p)
{
    __try {
        ProbeForRead(p, 4, 4);
        if (*p == 7)
            ExRaiseStatus(-1);
        use(2);
    } __except (1) {
        return (int)_exception_code();
    }
    return 0;
}
// DUMP: function probe
// DUMP: call ProbeForRead
// SAME: exception
// DUMP: call ExRaiseStatus
// SAME: jump

int nested(int *p)
{
    __try {
        __try {
            ProbeForRead(p, 4, 4);
        } __finally {
            use(20);
        }
    } __except (use(21)) {
        use(22);
    }
    return 0;
}
// DUMP: function nested
// DUMP: exception
// DUMP: = call use(20)
// DUMP: = call use(21)
// SAME: branch (t2 > 0)
