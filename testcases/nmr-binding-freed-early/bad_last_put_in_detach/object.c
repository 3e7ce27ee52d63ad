#include "mortar.h"

#define MORTAR_TAG 'troM'

static KSPIN_LOCK MortarLock;
static LIST_ENTRY MortarList;

PMORTAR
MortarCreate(HANDLE NmrBindingHandle)
{
    PMORTAR mortar = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*mortar), MORTAR_TAG);

    if (mortar != NULL) {
        mortar->References = 1;
        mortar->NmrBindingHandle = NmrBindingHandle;
        InitializeListHead(&mortar->Link);
    }
    return mortar;
}

VOID
MortarGet(PMORTAR Mortar)
{
    InterlockedIncrement(&Mortar->References);
}

VOID
MortarPut(PMORTAR Mortar)
{
    if (InterlockedDecrement(&Mortar->References) == 0) {
        ExFreePoolWithTag(Mortar, MORTAR_TAG);
    }
}

VOID
MortarListInit(VOID)
{
    KeInitializeSpinLock(&MortarLock);
    InitializeListHead(&MortarList);
}

VOID
MortarListAdd(PMORTAR Mortar)
{
    KIRQL irql;

    KeAcquireSpinLock(&MortarLock, &irql);
    InsertTailList(&MortarList, &Mortar->Link);
    KeReleaseSpinLock(&MortarLock, irql);
}

BOOLEAN
MortarListRemove(PMORTAR Mortar)
{
    BOOLEAN last;
    KIRQL irql;

    KeAcquireSpinLock(&MortarLock, &irql);
    last = RemoveEntryList(&Mortar->Link);
    KeReleaseSpinLock(&MortarLock, irql);
    return last;
}
