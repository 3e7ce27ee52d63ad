/*
 * Assertions and markers that the analysis reads. They are calls, so that they survive preprocessing.
 *
 * nmrcheck_assert and nmrcheck_assume: the code after them runs only where the condition holds. The NT_ASSERT family
 * is an expression with the value 1, because after it the condition holds; NT_VERIFY yields the condition.
 */
#ifndef NMRCHECK_ASSERTIONS_H
#define NMRCHECK_ASSERTIONS_H

#ifdef __cplusplus
extern "C" {
#endif
void nmrcheck_assert(int holds);
int nmrcheck_assert_value(int holds);
void nmrcheck_assume(int holds);
void nmrcheck_paged_code(void);
#ifdef __cplusplus
}
#endif

#define ASSERT(e) nmrcheck_assert(!!(e))
#define ASSERTMSG(message, e) nmrcheck_assert(!!(e))
#define RTL_SOFT_ASSERT(e) nmrcheck_assert(!!(e))
#define RTL_SOFT_ASSERTMSG(message, e) nmrcheck_assert(!!(e))
#define RTL_VERIFY(e) nmrcheck_assert_value(!!(e))
#define RTL_VERIFYMSG(message, e) nmrcheck_assert_value(!!(e))
#define RTL_SOFT_VERIFY(e) nmrcheck_assert_value(!!(e))
#define NT_ASSERT(e) (nmrcheck_assert(!!(e)), 1)
#define NT_ASSERTMSG(message, e) (nmrcheck_assert(!!(e)), 1)
#define NT_ASSERTMSGW(message, e) (nmrcheck_assert(!!(e)), 1)
#define NT_ASSERT_ASSUME(e) (nmrcheck_assert(!!(e)), 1)
#define NT_ASSERT_NOASSUME(e) (nmrcheck_assert(!!(e)), 1)
#define NT_VERIFY(e) nmrcheck_assert_value(!!(e))
#define NT_VERIFYMSG(message, e) nmrcheck_assert_value(!!(e))
#define NT_FRE_ASSERT(e) (nmrcheck_assert(!!(e)), 1)
#define NT_FRE_ASSERTMSG(message, e) (nmrcheck_assert(!!(e)), 1)
#define NT_FRE_VERIFY(e) nmrcheck_assert_value(!!(e))
#define NT_ANALYSIS_ASSUME(e) nmrcheck_assume(!!(e))
#define __analysis_assert(e) nmrcheck_assert(!!(e))
#define _Analysis_assert_(e) nmrcheck_assert(!!(e))
#define __analysis_assume(e) nmrcheck_assume(!!(e))
#define _Analysis_assume_(e) nmrcheck_assume(!!(e))
#define _Analysis_assume_nullterminated_(e) ((void)0)
#define __analysis_assume_nullterminated(e) ((void)0)
#define __analysis_assume_lock_acquired(lock) ((void)0)
#define __analysis_assume_lock_released(lock) ((void)0)
#define _Analysis_assume_lock_acquired_(lock) ((void)0)
#define _Analysis_assume_lock_released_(lock) ((void)0)
#define _Analysis_assume_lock_held_(lock) ((void)0)
#define _Analysis_assume_lock_not_held_(lock) ((void)0)
#define _Analysis_assume_same_lock_(a, b) ((void)0)
#define __analysis_hint(hint)
#define _Analysis_hint_(hint)
#define __prefast_operator_new_null
#define FLT_ASSERT(e) nmrcheck_assert(!!(e))
#define FLT_ASSERTMSG(message, e) nmrcheck_assert(!!(e))
#define PAGED_ASSERT(e) nmrcheck_assert(!!(e))

#define PAGED_CODE() nmrcheck_paged_code()
#define PAGED_CODE_LOCKED() nmrcheck_paged_code()

#endif
