/* Annotations that rules read. They survive preprocessing as annotate attributes. */
#ifndef NMRCHECK_SAL_RULES_H
#define NMRCHECK_SAL_RULES_H

#define NMRCHECK_MARK(name) __attribute__((annotate("nmrcheck:" name)))
#define NMRCHECK_TEXT(name, text) __attribute__((annotate("nmrcheck:" name, text)))
#define NMRCHECK_LEVEL(name, text, level) __attribute__((annotate("nmrcheck:" name, text, (long long)(level))))

/* IRQL. */
#define _IRQL_requires_max_(irql) NMRCHECK_LEVEL("IRQL_requires_max", #irql, irql)
#define _IRQL_requires_min_(irql) NMRCHECK_LEVEL("IRQL_requires_min", #irql, irql)
#define _IRQL_requires_(irql) NMRCHECK_LEVEL("IRQL_requires", #irql, irql)
#define _IRQL_raises_(irql) NMRCHECK_LEVEL("IRQL_raises", #irql, irql)
#define _IRQL_always_function_max_(irql) NMRCHECK_LEVEL("IRQL_always_function_max", #irql, irql)
#define _IRQL_always_function_min_(irql) NMRCHECK_LEVEL("IRQL_always_function_min", #irql, irql)
#define _IRQL_requires_same_ NMRCHECK_MARK("IRQL_requires_same")
#define _IRQL_saves_ NMRCHECK_MARK("IRQL_saves")
#define _IRQL_restores_ NMRCHECK_MARK("IRQL_restores")
#define _IRQL_uses_cancel_ NMRCHECK_MARK("IRQL_uses_cancel")
#define _IRQL_is_cancel_ _IRQL_uses_cancel_ NMRCHECK_MARK("IRQL_is_cancel")
#define _IRQL_saves_global_(kind, param) NMRCHECK_TEXT("IRQL_saves_global", #kind "," #param)
#define _IRQL_restores_global_(kind, param) NMRCHECK_TEXT("IRQL_restores_global", #kind "," #param)

/* Locks. The argument is an expression over parameters that are not declared yet: text only. */
#define _Requires_lock_held_(lock) NMRCHECK_TEXT("Requires_lock_held", #lock)
#define _Requires_exclusive_lock_held_(lock) NMRCHECK_TEXT("Requires_exclusive_lock_held", #lock)
#define _Requires_shared_lock_held_(lock) NMRCHECK_TEXT("Requires_shared_lock_held", #lock)
#define _Requires_lock_not_held_(lock) NMRCHECK_TEXT("Requires_lock_not_held", #lock)
#define _Requires_no_locks_held_ NMRCHECK_MARK("Requires_no_locks_held")
#define _Acquires_lock_(lock) NMRCHECK_TEXT("Acquires_lock", #lock)
#define _Acquires_exclusive_lock_(lock) NMRCHECK_TEXT("Acquires_exclusive_lock", #lock)
#define _Acquires_shared_lock_(lock) NMRCHECK_TEXT("Acquires_shared_lock", #lock)
#define _Acquires_spin_lock_(lock) NMRCHECK_TEXT("Acquires_spin_lock", #lock)
#define _Acquires_nonreentrant_lock_(lock) NMRCHECK_TEXT("Acquires_nonreentrant_lock", #lock)
#define _Releases_lock_(lock) NMRCHECK_TEXT("Releases_lock", #lock)
#define _Releases_exclusive_lock_(lock) NMRCHECK_TEXT("Releases_exclusive_lock", #lock)
#define _Releases_shared_lock_(lock) NMRCHECK_TEXT("Releases_shared_lock", #lock)
#define _Releases_spin_lock_(lock) NMRCHECK_TEXT("Releases_spin_lock", #lock)
#define _Releases_nonreentrant_lock_(lock) NMRCHECK_TEXT("Releases_nonreentrant_lock", #lock)
#define _Post_same_lock_(lock, other) NMRCHECK_TEXT("Post_same_lock", #lock "," #other)
#define _Acquires_(resource) NMRCHECK_TEXT("Acquires", #resource)
#define _Releases_(resource) NMRCHECK_TEXT("Releases", #resource)
#define _Kernel_acquires_resource_(kind) NMRCHECK_TEXT("Kernel_acquires_resource", #kind)
#define _Kernel_releases_resource_(kind) NMRCHECK_TEXT("Kernel_releases_resource", #kind)
#define _Kernel_requires_resource_held_(kind) NMRCHECK_TEXT("Kernel_requires_resource_held", #kind)
#define _Kernel_requires_resource_not_held_(kind) NMRCHECK_TEXT("Kernel_requires_resource_not_held", #kind)
#define _Kernel_clear_do_init_(yes) NMRCHECK_TEXT("Kernel_clear_do_init", #yes)
#define _Kernel_IoGetDmaAdapter_ NMRCHECK_MARK("Kernel_IoGetDmaAdapter")

/* Roles and ownership. */
#define _Function_class_(role) NMRCHECK_TEXT("Function_class", #role)
#define _Dispatch_type_(type) NMRCHECK_TEXT("Dispatch_type", #type)
#define _Frees_ptr_ NMRCHECK_MARK("Frees_ptr")
#define _Frees_ptr_opt_ NMRCHECK_MARK("Frees_ptr_opt")
/* What _At_ says of a place stands on the declaration itself: its target is nearly always that parameter. */
#define _At_(target, ...) __VA_ARGS__
#define _When_(condition, ...) NMRCHECK_TEXT_OF_WHEN(#condition, #__VA_ARGS__)
#define NMRCHECK_TEXT_OF_WHEN(condition, annotations) \
    __attribute__((annotate("nmrcheck:When", condition, annotations)))

#endif
