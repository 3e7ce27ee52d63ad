#include "creek.h"

NTSTATUS NTAPI
CreekAttachProvider(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Provider)
{
    PCREEK_BINDING binding;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Provider);
    binding = CreekListNew(NmrBindingHandle);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        CreekListDelete(binding);
    }
    return status;
}

NTSTATUS NTAPI
CreekDetachProvider(PVOID ClientBindingContext)
{
    PCREEK_BINDING binding = ClientBindingContext;

    if (binding->ProviderDispatch != NULL) {
        binding->ProviderDispatch = NULL;
    }
    CreekListDelete(binding); // EXPECT: nmr-binding-freed-early
    return STATUS_SUCCESS;
}

VOID NTAPI
CreekCleanupBinding(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
}
