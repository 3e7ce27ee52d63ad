/* Interfaces in C++ and C, as the component object model writes them. */
#ifndef NMRCHECK_BASETYPS_H
#define NMRCHECK_BASETYPS_H
#include "nmrcheck/basetypes.h"
#define STDMETHODCALLTYPE
#define STDAPI EXTERN_C HRESULT
#define STDAPI_(type) EXTERN_C type
#define STDMETHODIMP HRESULT
#define STDMETHODIMP_(type) type
#ifdef __cplusplus
#define STDMETHOD(method) virtual HRESULT method
#define STDMETHOD_(type, method) virtual type method
#define PURE = 0
#define THIS_
#define THIS void
#define DECLARE_INTERFACE(name) struct name
#define DECLARE_INTERFACE_(name, base) struct name : public base
#define BEGIN_INTERFACE
#define END_INTERFACE
#else
#define STDMETHOD(method) HRESULT(*method)
#define STDMETHOD_(type, method) type(*method)
#define PURE
#define THIS_ INTERFACE *This,
#define THIS INTERFACE *This
#define DECLARE_INTERFACE(name)                                                                                        \
    typedef struct name {                                                                                              \
        struct name##Vtbl *lpVtbl;                                                                                     \
    } name;                                                                                                            \
    struct name##Vtbl
#define DECLARE_INTERFACE_(name, base) DECLARE_INTERFACE(name)
#define BEGIN_INTERFACE
#define END_INTERFACE
#endif
#endif
