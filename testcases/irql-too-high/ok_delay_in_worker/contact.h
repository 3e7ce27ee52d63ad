#pragma once
#include <ntddk.h>

struct _CONTACT;

typedef struct _CONTACT_OPS {
    VOID (*Reset)(struct _CONTACT *Contact, BOOLEAN MayWait);
    ULONG (*Poll)(struct _CONTACT *Contact);
} CONTACT_OPS;

typedef struct _CONTACT {
    const CONTACT_OPS *Ops;
    PIO_WORKITEM Work;
    volatile LONG WorkQueued;
    KTIMER Timer;
    KDPC Dpc;
    ULONG Last;
} CONTACT, *PCONTACT;

extern const CONTACT_OPS ContactHardwareOps;

NTSTATUS ContactStart(PCONTACT Contact, PDEVICE_OBJECT Device, const CONTACT_OPS *Ops);
VOID ContactStop(PCONTACT Contact);
