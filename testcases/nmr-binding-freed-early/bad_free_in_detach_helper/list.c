#include "creek.h"

#define CREEK_TAG 'eerC'

static KSPIN_LOCK CreekLock;
static LIST_ENTRY CreekBindings;

VOID
CreekListInitialize(VOID)
{
    KeInitializeSpinLock(&CreekLock);
    InitializeListHead(&CreekBindings);
}

PCREEK_BINDING
CreekListNew(HANDLE NmrBindingHandle)
{
    PCREEK_BINDING binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), CREEK_TAG);
    KIRQL irql;

    if (binding == NULL) {
        return NULL;
    }
    binding->Buffer = ExAllocatePoolZero(NonPagedPoolNx, 512, CREEK_TAG);
    if (binding->Buffer == NULL) {
        ExFreePoolWithTag(binding, CREEK_TAG);
        return NULL;
    }
    binding->NmrBindingHandle = NmrBindingHandle;
    KeAcquireSpinLock(&CreekLock, &irql);
    InsertTailList(&CreekBindings, &binding->Link);
    KeReleaseSpinLock(&CreekLock, irql);
    return binding;
}

VOID
CreekListDelete(PCREEK_BINDING Binding)
{
    KIRQL irql;

    KeAcquireSpinLock(&CreekLock, &irql);
    RemoveEntryList(&Binding->Link);
    KeReleaseSpinLock(&CreekLock, irql);
    ExFreePoolWithTag(Binding->Buffer, CREEK_TAG);
    ExFreePoolWithTag(Binding, CREEK_TAG);
}
