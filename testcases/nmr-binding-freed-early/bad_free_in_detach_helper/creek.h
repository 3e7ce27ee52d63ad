#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _CREEK_BINDING {
    LIST_ENTRY Link;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
    PUCHAR Buffer;
} CREEK_BINDING, *PCREEK_BINDING;

NPI_CLIENT_ATTACH_PROVIDER_FN CreekAttachProvider;
NPI_CLIENT_DETACH_PROVIDER_FN CreekDetachProvider;
NPI_CLIENT_CLEANUP_BINDING_CONTEXT_FN CreekCleanupBinding;

VOID CreekListInitialize(VOID);
PCREEK_BINDING CreekListNew(HANDLE NmrBindingHandle);
VOID CreekListDelete(PCREEK_BINDING Binding);
