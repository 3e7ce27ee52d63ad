/* 3 */
#include "../include/classes.hpp"

lib::Base::~Base() { value = 3; }

extern "C" void Run3(void *p)
{
    lib::Holder<int> holder((int *)p);
    lib::Base base;
    base.run();
    lib::outside();
    if (*holder.get() == answer)
        KeLowerIrql(0);
}
