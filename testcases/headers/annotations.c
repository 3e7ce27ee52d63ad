/*
 * Annotations in every position that drivers use. check_annotations.sh counts the attributes that reach the AST.
 */
#include <ntddk.h>
#include <ntstrsafe.h>

#define WIDGET_LEVEL DISPATCH_LEVEL

typedef struct _WIDGET {
    KSPIN_LOCK Lock;
    _Guarded_by_(Lock) LONG Count;
    _Field_size_bytes_(Size) PVOID Data;
    ULONG Size;
} WIDGET, *PWIDGET;

/* COUNT IRQL_requires_max 6 */
_IRQL_requires_max_(PASSIVE_LEVEL) NTSTATUS WidgetStart(_In_ PWIDGET Widget);
_Must_inspect_result_ _IRQL_requires_max_(WIDGET_LEVEL) static NTSTATUS WidgetPoke(_Inout_ PWIDGET Widget, _In_opt_ PVOID Context);
__drv_maxIRQL(APC_LEVEL) VOID WidgetOld(__in PWIDGET Widget, __out_opt PULONG Count);
_IRQL_requires_max_(DISPATCH_LEVEL)
typedef VOID WIDGET_CALLBACK(_In_ PVOID Context);
typedef _IRQL_requires_max_(DISPATCH_LEVEL) NTSTATUS (NTAPI *PWIDGET_METHOD)(_In_ PVOID Context);
struct WIDGET_TABLE {
    _IRQL_requires_max_(DISPATCH_LEVEL) NTSTATUS (*Open)(PVOID Context);
    WIDGET_CALLBACK *Callback;
};

/* COUNT IRQL_requires 1 */
_IRQL_requires_(DISPATCH_LEVEL) VOID WidgetDpcPart(_In_ PWIDGET Widget);
/* COUNT IRQL_requires_min 1 */
_IRQL_requires_min_(DISPATCH_LEVEL) _IRQL_requires_same_ VOID WidgetLow(VOID);

/* COUNT IRQL_raises 1, IRQL_saves 3, IRQL_restores 1, Acquires_lock 1, Releases_lock 1, Requires_lock_held 1 */
_Acquires_lock_(Widget->Lock) _IRQL_raises_(DISPATCH_LEVEL) _IRQL_saves_ KIRQL WidgetLock(_In_ PWIDGET Widget);
_Requires_lock_held_(Widget->Lock) _Releases_lock_(Widget->Lock)
VOID WidgetUnlock(_In_ PWIDGET Widget, _In_ _IRQL_restores_ KIRQL Irql);
VOID WidgetLockInto(_In_ PWIDGET Widget, _Out_ _At_(*Irql, _IRQL_saves_) PKIRQL Irql, _Out_ _IRQL_saves_ PKIRQL Other);

/* COUNT Frees_ptr_opt 1, Frees_ptr 1 */
VOID WidgetFree(_In_opt_ _Frees_ptr_opt_ PWIDGET Widget);
VOID WidgetFreeSure(_In_ _Post_invalid_ _Frees_ptr_ PWIDGET Widget);

/* COUNT When 2 */
_When_(Wait == 1, _IRQL_requires_max_(APC_LEVEL) _Acquires_lock_(Widget->Lock))
NTSTATUS WidgetWait(_In_ PWIDGET Widget, _In_ _Literal_ BOOLEAN Wait);
_When_(return >= 0, _At_(*Result, _Post_notnull_)) NTSTATUS WidgetMake(_Outptr_result_maybenull_ PWIDGET *Result);

/* COUNT Function_class 1 */
_Function_class_(KDEFERRED_ROUTINE) VOID WidgetDpc(struct _KDPC *Dpc, PVOID Context, PVOID A, PVOID B);

_Use_decl_annotations_
NTSTATUS WidgetStart(PWIDGET Widget)
{
    WCHAR text[16];

    PAGED_CODE();
    NT_ASSERT(Widget != NULL);
    if (!NT_VERIFY(Widget->Size < sizeof(text))) {
        return STATUS_INVALID_PARAMETER;
    }
    _Analysis_assume_(Widget->Count > 0);
    return RtlStringCbPrintfW(text, sizeof(text), L"%lu", Widget->Size);
}

_Use_decl_annotations_
static NTSTATUS WidgetPoke(PWIDGET Widget, PVOID Context)
{
    return Context == NULL ? WidgetStart(Widget) : STATUS_SUCCESS;
}

PVOID WidgetUses[] = { (PVOID)WidgetPoke };
