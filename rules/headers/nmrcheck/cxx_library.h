/* The parts of the C++ library that kernel code uses: those that need no run time. Bodies are real where the analysis
 * has to see through them: what moves, and what frees. */
#ifndef NMRCHECK_CXX_LIBRARY_H
#define NMRCHECK_CXX_LIBRARY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C++" {

namespace std
{
typedef decltype(nullptr) nullptr_t;
typedef ::size_t size_t;
typedef ::ptrdiff_t ptrdiff_t;
using ::int16_t;
using ::int32_t;
using ::int64_t;
using ::int8_t;
using ::intptr_t;
using ::uint16_t;
using ::uint32_t;
using ::uint64_t;
using ::uint8_t;
using ::uintptr_t;
enum class byte : unsigned char {};
enum class align_val_t : size_t {};
struct nothrow_t {
    explicit nothrow_t() = default;
};
extern const nothrow_t nothrow;

/* type_traits */
template <class T, T v> struct integral_constant {
    static constexpr T value = v;
    typedef T value_type;
    typedef integral_constant type;
    constexpr operator T() const noexcept { return v; }
    constexpr T operator()() const noexcept { return v; }
};
template <bool v> using bool_constant = integral_constant<bool, v>;
typedef bool_constant<true> true_type;
typedef bool_constant<false> false_type;
template <bool, class T = void> struct enable_if {};
template <class T> struct enable_if<true, T> {
    typedef T type;
};
template <bool b, class T = void> using enable_if_t = typename enable_if<b, T>::type;
template <bool, class T, class> struct conditional {
    typedef T type;
};
template <class T, class F> struct conditional<false, T, F> {
    typedef F type;
};
template <bool b, class T, class F> using conditional_t = typename conditional<b, T, F>::type;
template <class T> struct remove_reference {
    typedef T type;
};
template <class T> struct remove_reference<T &> {
    typedef T type;
};
template <class T> struct remove_reference<T &&> {
    typedef T type;
};
template <class T> using remove_reference_t = typename remove_reference<T>::type;
template <class T> struct remove_const {
    typedef T type;
};
template <class T> struct remove_const<const T> {
    typedef T type;
};
template <class T> using remove_const_t = typename remove_const<T>::type;
template <class T> struct remove_volatile {
    typedef T type;
};
template <class T> struct remove_volatile<volatile T> {
    typedef T type;
};
template <class T> struct remove_cv {
    typedef remove_const_t<typename remove_volatile<T>::type> type;
};
template <class T> using remove_cv_t = typename remove_cv<T>::type;
template <class T> struct remove_cvref {
    typedef remove_cv_t<remove_reference_t<T>> type;
};
template <class T> using remove_cvref_t = typename remove_cvref<T>::type;
template <class T> struct remove_pointer {
    typedef T type;
};
template <class T> struct remove_pointer<T *> {
    typedef T type;
};
template <class T> using remove_pointer_t = typename remove_pointer<T>::type;
template <class T> struct remove_extent {
    typedef T type;
};
template <class T> struct remove_extent<T[]> {
    typedef T type;
};
template <class T, size_t n> struct remove_extent<T[n]> {
    typedef T type;
};
template <class T> using remove_extent_t = typename remove_extent<T>::type;
template <class T> struct add_pointer {
    typedef remove_reference_t<T> *type;
};
template <class T> using add_pointer_t = typename add_pointer<T>::type;
template <class T> struct decay {
    typedef remove_cvref_t<T> type;
};
template <class T> using decay_t = typename decay<T>::type;
template <class T> struct underlying_type {
    typedef __underlying_type(T) type;
};
template <class T> using underlying_type_t = typename underlying_type<T>::type;
template <class A, class B> struct is_same : false_type {};
template <class A> struct is_same<A, A> : true_type {};
template <class A, class B> inline constexpr bool is_same_v = is_same<A, B>::value;
#define NMRCHECK_TRAIT(name)                                                                                           \
    template <class T> struct name : bool_constant<__##name(T)> {};                                                    \
    template <class T> inline constexpr bool name##_v = __##name(T);
NMRCHECK_TRAIT(is_integral)
NMRCHECK_TRAIT(is_floating_point)
NMRCHECK_TRAIT(is_arithmetic)
NMRCHECK_TRAIT(is_scalar)
NMRCHECK_TRAIT(is_enum)
NMRCHECK_TRAIT(is_class)
NMRCHECK_TRAIT(is_union)
NMRCHECK_TRAIT(is_pointer)
NMRCHECK_TRAIT(is_reference)
NMRCHECK_TRAIT(is_lvalue_reference)
NMRCHECK_TRAIT(is_rvalue_reference)
NMRCHECK_TRAIT(is_function)
NMRCHECK_TRAIT(is_void)
NMRCHECK_TRAIT(is_array)
NMRCHECK_TRAIT(is_const)
NMRCHECK_TRAIT(is_signed)
NMRCHECK_TRAIT(is_unsigned)
NMRCHECK_TRAIT(is_pod)
NMRCHECK_TRAIT(is_empty)
NMRCHECK_TRAIT(is_final)
NMRCHECK_TRAIT(is_abstract)
NMRCHECK_TRAIT(is_standard_layout)
NMRCHECK_TRAIT(is_trivial)
NMRCHECK_TRAIT(is_trivially_copyable)
NMRCHECK_TRAIT(is_trivially_destructible)
#undef NMRCHECK_TRAIT
template <class A, class B> struct is_base_of : bool_constant<__is_base_of(A, B)> {};
template <class A, class B> inline constexpr bool is_base_of_v = __is_base_of(A, B);
template <class A, class B> struct is_convertible : bool_constant<__is_convertible(A, B)> {};
template <class A, class B> inline constexpr bool is_convertible_v = __is_convertible(A, B);
template <class T, class... A> struct is_constructible : bool_constant<__is_constructible(T, A...)> {};
template <class T, class... A> inline constexpr bool is_constructible_v = __is_constructible(T, A...);
template <class T> struct is_nothrow_move_constructible : true_type {};
template <class T> inline constexpr bool is_nothrow_move_constructible_v = true;
template <class...> using void_t = void;

/* utility */
template <class T> constexpr T &&forward(remove_reference_t<T> &v) noexcept { return static_cast<T &&>(v); }
template <class T> constexpr T &&forward(remove_reference_t<T> &&v) noexcept { return static_cast<T &&>(v); }
template <class T> constexpr remove_reference_t<T> &&move(T &&v) noexcept
{
    return static_cast<remove_reference_t<T> &&>(v);
}
template <class T> constexpr void swap(T &a, T &b) noexcept
{
    T old = static_cast<T &&>(a);
    a = static_cast<T &&>(b);
    b = static_cast<T &&>(old);
}
template <class T, class U = T> constexpr T exchange(T &v, U &&next) noexcept
{
    T old = static_cast<T &&>(v);
    v = static_cast<U &&>(next);
    return old;
}
template <class T> T &&declval() noexcept;
template <class T> constexpr const T &as_const(T &v) noexcept { return v; }
template <class T> constexpr T *addressof(T &v) noexcept { return __builtin_addressof(v); }
template <class A, class B> struct pair {
    typedef A first_type;
    typedef B second_type;
    A first;
    B second;
};
template <class A, class B> pair<decay_t<A>, decay_t<B>> make_pair(A &&a, B &&b)
{
    return { static_cast<A &&>(a), static_cast<B &&>(b) };
}
template <class T, T...> struct integer_sequence {};
template <size_t... i> using index_sequence = integer_sequence<size_t, i...>;

/* initializer_list */
template <class T> class initializer_list
{
    const T *begin_ = nullptr;
    size_t size_ = 0;

  public:
    constexpr initializer_list() noexcept {}
    constexpr size_t size() const noexcept { return size_; }
    constexpr const T *begin() const noexcept { return begin_; }
    constexpr const T *end() const noexcept { return begin_ + size_; }
};

/* algorithm, iterator */
template <class T> constexpr const T &min(const T &a, const T &b) { return b < a ? b : a; }
template <class T> constexpr const T &max(const T &a, const T &b) { return a < b ? b : a; }
template <class T> constexpr const T &clamp(const T &v, const T &low, const T &high)
{
    return v < low ? low : high < v ? high : v;
}
template <class I, class T> constexpr I find(I at, I end, const T &v)
{
    for (; at != end && !(*at == v); ++at)
        ;
    return at;
}
template <class I, class P> constexpr I find_if(I at, I end, P holds)
{
    for (; at != end && !holds(*at); ++at)
        ;
    return at;
}
template <class I, class F> constexpr F for_each(I at, I end, F use)
{
    for (; at != end; ++at)
        use(*at);
    return use;
}
template <class I, class O> constexpr O copy(I at, I end, O out)
{
    for (; at != end; ++at, ++out)
        *out = *at;
    return out;
}
template <class I, class T> constexpr void fill(I at, I end, const T &v)
{
    for (; at != end; ++at)
        *at = v;
}
template <class T, size_t n> constexpr size_t size(const T (&)[n]) noexcept { return n; }
template <class T, size_t n> constexpr T *begin(T (&a)[n]) noexcept { return a; }
template <class T, size_t n> constexpr T *end(T (&a)[n]) noexcept { return a + n; }

/* limits */
template <class T> struct numeric_limits {
    static constexpr bool is_signed = T(-1) < T(0);
    static constexpr T max() noexcept
    {
        return is_signed ? T((1ull << (sizeof(T) * 8 - 1)) - 1) : T(~0ull);
    }
    static constexpr T min() noexcept { return is_signed ? T(-max() - 1) : T(0); }
};

/* array */
template <class T, size_t n> struct array {
    T items[n];
    constexpr T *begin() noexcept { return items; }
    constexpr T *end() noexcept { return items + n; }
    constexpr const T *begin() const noexcept { return items; }
    constexpr const T *end() const noexcept { return items + n; }
    constexpr T *data() noexcept { return items; }
    constexpr const T *data() const noexcept { return items; }
    constexpr size_t size() const noexcept { return n; }
    constexpr T &operator[](size_t i) noexcept { return items[i]; }
    constexpr const T &operator[](size_t i) const noexcept { return items[i]; }
};

/* memory */
template <class T> struct default_delete {
    void operator()(T *p) const noexcept { delete p; }
};
template <class T> struct default_delete<T[]> {
    void operator()(T *p) const noexcept { delete[] p; }
};
template <class T, class D = default_delete<T>> class unique_ptr
{
  public:
    typedef remove_extent_t<T> element_type;
    typedef element_type *pointer;
    constexpr unique_ptr() noexcept {}
    constexpr unique_ptr(nullptr_t) noexcept {}
    explicit unique_ptr(pointer p) noexcept : p_(p) {}
    unique_ptr(pointer p, D d) noexcept : p_(p), d_(d) {}
    unique_ptr(unique_ptr &&other) noexcept : p_(other.release()) {}
    ~unique_ptr() { reset(); }
    unique_ptr &operator=(unique_ptr &&other) noexcept
    {
        reset(other.release());
        return *this;
    }
    unique_ptr &operator=(nullptr_t) noexcept
    {
        reset();
        return *this;
    }
    unique_ptr(const unique_ptr &) = delete;
    unique_ptr &operator=(const unique_ptr &) = delete;
    pointer get() const noexcept { return p_; }
    pointer release() noexcept
    {
        pointer p = p_;
        p_ = nullptr;
        return p;
    }
    void reset(pointer p = nullptr) noexcept
    {
        pointer old = p_;
        p_ = p;
        if (old)
            d_(old);
    }
    void swap(unique_ptr &other) noexcept { std::swap(p_, other.p_); }
    D &get_deleter() noexcept { return d_; }
    explicit operator bool() const noexcept { return p_ != nullptr; }
    pointer operator->() const noexcept { return p_; }
    element_type &operator*() const noexcept { return *p_; }
    element_type &operator[](size_t i) const noexcept { return p_[i]; }
    bool operator==(nullptr_t) const noexcept { return !p_; }
    bool operator!=(nullptr_t) const noexcept { return p_ != nullptr; }

  private:
    pointer p_ = nullptr;
    D d_{};
};
template <class T, class... A> unique_ptr<T> make_unique(A &&...arguments)
{
    return unique_ptr<T>(new T(static_cast<A &&>(arguments)...));
}
template <class T, class... A> T *construct_at(T *p, A &&...arguments)
{
    return ::new (static_cast<void *>(p)) T(static_cast<A &&>(arguments)...);
}
template <class T> void destroy_at(T *p) { p->~T(); }

/* atomic */
enum memory_order {
    memory_order_relaxed,
    memory_order_consume,
    memory_order_acquire,
    memory_order_release,
    memory_order_acq_rel,
    memory_order_seq_cst
};
template <class T> class atomic
{
    volatile T v_{};

  public:
    constexpr atomic() noexcept {}
    constexpr atomic(T v) noexcept : v_(v) {}
    T load(memory_order = memory_order_seq_cst) const noexcept { return v_; }
    void store(T v, memory_order = memory_order_seq_cst) noexcept { v_ = v; }
    T exchange(T v, memory_order = memory_order_seq_cst) noexcept
    {
        T old = v_;
        v_ = v;
        return old;
    }
    bool compare_exchange_strong(T &expected, T v, memory_order = memory_order_seq_cst) noexcept;
    bool compare_exchange_weak(T &expected, T v, memory_order = memory_order_seq_cst) noexcept;
    T fetch_add(T n, memory_order = memory_order_seq_cst) noexcept { return (v_ = v_ + n) - n; }
    T fetch_sub(T n, memory_order = memory_order_seq_cst) noexcept { return (v_ = v_ - n) + n; }
    T fetch_or(T n, memory_order = memory_order_seq_cst) noexcept;
    T fetch_and(T n, memory_order = memory_order_seq_cst) noexcept;
    operator T() const noexcept { return v_; }
    T operator=(T v) noexcept { return v_ = v; }
    T operator++() noexcept { return v_ = v_ + 1; }
    T operator--() noexcept { return v_ = v_ - 1; }
    T operator++(int) noexcept { return (v_ = v_ + 1) - 1; }
    T operator--(int) noexcept { return (v_ = v_ - 1) + 1; }
};
} // namespace std

inline void *operator new(std::size_t, void *p) noexcept { return p; }
inline void *operator new[](std::size_t, void *p) noexcept { return p; }
void *operator new(std::size_t, const std::nothrow_t &) noexcept;
void *operator new[](std::size_t, const std::nothrow_t &) noexcept;
} /* extern "C++" */
#endif
#endif
