/*
 * Defect: the client object with the WSK_REGISTRATION in it is a local of DriverEntry; its address is kept in a global
 * for unload.
 * (Twin: ok_wsk_object_on_heap.c)
 */
#include <ntddk.h>
#include <wsk.h>

#define PUFFIN_TAG 'ffuP'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD puffin_unload;

struct puffin {
    WSK_REGISTRATION registration;
    BOOLEAN up;
};

static const WSK_CLIENT_DISPATCH puffin_dispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static struct puffin *puffin;

static NTSTATUS puffin_register(struct puffin *p)
{
    WSK_CLIENT_NPI client = { p, &puffin_dispatch };
    NTSTATUS status = WskRegister(&client, &p->registration); // EXPECT: nmr-stack-registration-data

    p->up = NT_SUCCESS(status);
    return status;
}

void NTAPI puffin_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (puffin->up)
        WskDeregister(&puffin->registration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    struct puffin local;
    NTSTATUS status;

    (void)path;
    puffin = &local;
    status = puffin_register(puffin);
    if (NT_SUCCESS(status))
        driver->DriverUnload = puffin_unload;
    return status;
}
