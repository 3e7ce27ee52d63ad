/* Kernel objects with interfaces, as audio drivers write them. */
#ifndef NMRCHECK_STDUNK_H
#define NMRCHECK_STDUNK_H
#include "punknown.h"
#ifdef __cplusplus
struct INonDelegatingUnknown {
    virtual NTSTATUS NonDelegatingQueryInterface(REFIID InterfaceId, PVOID *Interface) = 0;
    virtual ULONG NonDelegatingAddRef() = 0;
    virtual ULONG NonDelegatingRelease() = 0;
};
typedef INonDelegatingUnknown *PNONDELEGATINGUNKNOWN;
class CUnknown : public INonDelegatingUnknown
{
    LONG m_lRefCount;
    PUNKNOWN m_pUnknownOuter;

  public:
    CUnknown(PUNKNOWN UnknownOuter);
    virtual ~CUnknown();
    PUNKNOWN GetOuterUnknown() { return m_pUnknownOuter; }
    NTSTATUS NonDelegatingQueryInterface(REFIID InterfaceId, PVOID *Interface);
    ULONG NonDelegatingAddRef();
    ULONG NonDelegatingRelease();
};
#define DECLARE_STD_UNKNOWN()                                                                                          \
    NTSTATUS NonDelegatingQueryInterface(REFIID InterfaceId, PVOID *Interface);                                        \
    NTSTATUS QueryInterface(REFIID InterfaceId, PVOID *Interface)                                                      \
    {                                                                                                                  \
        return GetOuterUnknown()->QueryInterface(InterfaceId, Interface);                                              \
    }                                                                                                                  \
    ULONG AddRef() { return GetOuterUnknown()->AddRef(); }                                                             \
    ULONG Release() { return GetOuterUnknown()->Release(); }
#define DEFINE_STD_CONSTRUCTOR(Class)                                                                                  \
    Class(PUNKNOWN UnknownOuter) : CUnknown(UnknownOuter) {}
#define QICAST(Type) PVOID((Type)(this))
#define QICASTUNKNOWN(Type) PVOID(PUNKNOWN((Type)(this)))
#define STD_CREATE_BODY_WITH_TAG_(Class, Object, Outer, PoolType, Tag, Base)                                           \
    NTSTATUS status;                                                                                                   \
    Class *made = new (PoolType, Tag) Class(Outer);                                                                    \
    if (made) {                                                                                                        \
        made->AddRef();                                                                                                \
        *Object = PUNKNOWN((Base)(made));                                                                              \
        status = STATUS_SUCCESS;                                                                                       \
    } else {                                                                                                           \
        status = STATUS_INSUFFICIENT_RESOURCES;                                                                        \
    }                                                                                                                  \
    return status
#define STD_CREATE_BODY_WITH_TAG(Class, Object, Outer, PoolType, Tag)                                                  \
    STD_CREATE_BODY_WITH_TAG_(Class, Object, Outer, PoolType, Tag, PUNKNOWN)
#define STD_CREATE_BODY_(Class, Object, Outer, PoolType, Base)                                                         \
    STD_CREATE_BODY_WITH_TAG_(Class, Object, Outer, PoolType, 'rCcP', Base)
#define STD_CREATE_BODY(Class, Object, Outer, PoolType) STD_CREATE_BODY_(Class, Object, Outer, PoolType, PUNKNOWN)
#endif
#endif
