#include "contact.h"

static VOID NTAPI
ContactWorker(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    PCONTACT contact = Context;

    UNREFERENCED_PARAMETER(DeviceObject);
    contact->Ops->Reset(contact, TRUE);
    InterlockedExchange(&contact->WorkQueued, 0);
}

static VOID NTAPI
ContactTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PCONTACT contact = Context;
    ULONG now;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);

    now = contact->Ops->Poll(contact);
    if (now == contact->Last) {
        if (InterlockedExchange(&contact->WorkQueued, 1) == 0) {
            IoQueueWorkItem(contact->Work, ContactWorker, DelayedWorkQueue, contact);
        }
    } else if (now == 0xFF) {
        contact->Ops->Reset(contact, FALSE);
    }
    contact->Last = now;
}

NTSTATUS
ContactStart(PCONTACT Contact, PDEVICE_OBJECT Device, const CONTACT_OPS *Ops)
{
    LARGE_INTEGER due = { .QuadPart = -1000000LL };

    Contact->Work = IoAllocateWorkItem(Device);
    if (Contact->Work == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Contact->Ops = Ops;
    Contact->Ops->Reset(Contact, TRUE);
    KeInitializeTimerEx(&Contact->Timer, NotificationTimer);
    KeInitializeDpc(&Contact->Dpc, ContactTick, Contact);
    KeSetTimerEx(&Contact->Timer, due, 100, &Contact->Dpc);
    return STATUS_SUCCESS;
}

VOID
ContactStop(PCONTACT Contact)
{
    LARGE_INTEGER pause = { .QuadPart = -100000LL };

    KeCancelTimer(&Contact->Timer);
    KeFlushQueuedDpcs();
    while (InterlockedCompareExchange(&Contact->WorkQueued, 0, 0) != 0) {
        KeDelayExecutionThread(KernelMode, FALSE, &pause);
    }
    IoFreeWorkItem(Contact->Work);
}
