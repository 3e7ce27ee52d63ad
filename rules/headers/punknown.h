#ifndef NMRCHECK_PUNKNOWN_H
#define NMRCHECK_PUNKNOWN_H
#include "basetyps.h"
#include "wdm.h"
#ifdef __cplusplus
struct IUnknown {
    virtual NTSTATUS QueryInterface(REFIID InterfaceId, PVOID *Interface) = 0;
    virtual ULONG AddRef() = 0;
    virtual ULONG Release() = 0;
};
#else
struct IUnknownVtbl;
typedef struct IUnknown {
    const struct IUnknownVtbl *lpVtbl;
} IUnknown;
struct IUnknownVtbl {
    NTSTATUS (*QueryInterface)(IUnknown *This, REFIID InterfaceId, PVOID *Interface);
    ULONG (*AddRef)(IUnknown *This);
    ULONG (*Release)(IUnknown *This);
};
#endif
typedef IUnknown *PUNKNOWN, *LPUNKNOWN;
NMRCHECK_C const IID IID_IUnknown;
#endif
