// A part of a driver: the detach pends, and an exported function, called from files that are not here, completes it.
#include <ntddk.h>
#include <netioddk.h>

typedef struct _WILLOW_BINDING {
    volatile LONG References;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} WILLOW_BINDING, *PWILLOW_BINDING;

PWILLOW_BINDING WillowAllocate(HANDLE NmrBindingHandle);
VOID WillowFree(PWILLOW_BINDING Binding);
VOID WillowRelease(PWILLOW_BINDING Binding);

NTSTATUS NTAPI
WillowAttachProvider(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PWILLOW_BINDING binding;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    binding = WillowAllocate(NmrBindingHandle);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        WillowFree(binding);
    }
    return status;
}

NTSTATUS NTAPI
WillowDetachProvider(PVOID ClientBindingContext)
{
    WillowRelease(ClientBindingContext);
    return STATUS_PENDING;
}

VOID NTAPI
WillowCleanupBinding(PVOID ClientBindingContext)
{
    WillowFree(ClientBindingContext);
}

VOID
WillowRelease(PWILLOW_BINDING Binding)
{
    HANDLE handle = Binding->NmrBindingHandle;

    if (InterlockedDecrement(&Binding->References) == 0) {
        NmrClientDetachProviderComplete(handle);
    }
}
