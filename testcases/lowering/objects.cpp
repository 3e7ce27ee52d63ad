// C++: constructors, destructors on each way out, references, virtual calls, templates, lambdas.
extern "C" int use(int);
void *operator new(decltype(sizeof(0)), int pool) noexcept;

template <typename T> class Guard
{
    T &value_;

  public:
    Guard(T &value) : value_(value) { use(1); }
    ~Guard() { use(2); }
};
struct Base {
    int b = 3;
    virtual int v(int x) { return b + x; }
};
struct Derived : Base {
    int d;
    Derived(int x) : d(x) {}
    int v(int x) override { return x; }
};

int guarded(int n)
{
    Guard<int> guard(n);
    if (n == 3)
        return use(5);
    return n;
}
// DUMP: display "guarded"
// DUMP: scope guard
// SAME: call '??0?$Guard
// DUMP: call use(5)
// SAME: call '??_D?$Guard
// SAME: end guard
// SAME: return t
// DUMP: call '??_D?$Guard

int dynamic()
{
    Base *p = new (1) Derived(4);
    return p->v(2);
}
// DUMP: display "dynamic"
// DUMP: branch t0
// DUMP: call '??0Derived
// DUMP: call '?v@Base@@UEAAHH@Z'(p, 2) !virtual

int closure(int a)
{
    auto add = [&a](int k) { return a + k; };
    int list[] = { 1, 2 };
    for (int i : list)
        a += add(i);
    const int &alias = a;
    return alias;
}
// DUMP: display "closure"
// DUMP: store alias = &a !init
// DUMP: = *alias
