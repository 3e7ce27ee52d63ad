/*
 * Defect: the pool object with the WSK_REGISTRATION and the dispatch table is freed, and WskDeregister never called.
 * (Twin: ok_wsk_pool_freed_last)
 */
#include "wsk_client.h"

#define CROSSBILL_TAG 'bsrC'

typedef struct _CROSSBILL {
    WSK_REGISTRATION Registration;
    WSK_CLIENT_DISPATCH Dispatch;
    ULONG Events;
} CROSSBILL, *PCROSSBILL;

static PCROSSBILL Crossbill;

static NTSTATUS WSKAPI CrossbillEvent(PVOID ClientContext, ULONG EventType, PVOID Information, SIZE_T InformationLength)
{
    PCROSSBILL Client = ClientContext;

    UNREFERENCED_PARAMETER(EventType);
    UNREFERENCED_PARAMETER(Information);
    UNREFERENCED_PARAMETER(InformationLength);
    InterlockedIncrement((volatile LONG *)&Client->Events);
    return STATUS_SUCCESS;
}

NTSTATUS CrossbillOpen(VOID)
{
    WSK_CLIENT_NPI Npi;
    PCROSSBILL New;
    NTSTATUS Status;

    New = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*New), CROSSBILL_TAG);
    if (New == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    New->Dispatch.Version = MAKE_WSK_VERSION(1, 0);
    New->Dispatch.WskClientEvent = CrossbillEvent;
    Npi.ClientContext = New;
    Npi.Dispatch = &New->Dispatch;

    Status = WskRegister(&Npi, &New->Registration);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(New, CROSSBILL_TAG);
        return Status;
    }
    Crossbill = New;
    return STATUS_SUCCESS;
}

VOID CrossbillClose(VOID)
{
    ExFreePoolWithTag(Crossbill, CROSSBILL_TAG); // EXPECT: nmr-freed-while-registered
    Crossbill = NULL;
}
