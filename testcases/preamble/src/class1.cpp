/* 1 */
#include "../include/classes.hpp"

lib::Base::~Base() { value = 1; }

extern "C" void Run1(void *p)
{
    lib::Holder<int> holder((int *)p);
    lib::Base base;
    base.run();
    lib::outside();
    if (*holder.get() == answer)
        KeLowerIrql(0);
}
