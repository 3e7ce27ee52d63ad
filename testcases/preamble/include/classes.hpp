#pragma once
extern "C" {
#include <wdm.h>
}
namespace lib
{
template <typename T> class Holder
{
  public:
    explicit Holder(T *p) : p_(p) {}
    ~Holder() { if (p_) ExFreePool(p_); }
    T *get() const { return p_; }

  private:
    T *p_;
};
struct Base {
    virtual ~Base();
    virtual void run();
    int value = 3;
};
inline void Base::run() { value++; }
void outside() { Base b; b.run(); }
} // namespace lib
constexpr int answer = 42;
