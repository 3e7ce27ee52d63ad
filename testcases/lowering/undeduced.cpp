// Types that nobody can tell: no layout is asked of Clang for them.
int known(int);

int unknown_types(void *p)
{
    auto made = function_that_is_not_there(p);
    auto const member = static_cast<NotThere *>(p)->member;
    return made ? known(1) : known(2);
}
// DUMP: display "unknown_types" {$
// DUMP: = call '?known@@YAHH@Z'(1)
// DUMP: = call '?known@@YAHH@Z'(2)

template <typename T> struct Box {
    T value;
    auto get() { return value.missing; }
};
int boxed(Box<NotThere> *b) { return known(3) + b->get(); }
// DUMP: display "boxed" {$
// DUMP: = call '?known@@YAHH@Z'(3)
