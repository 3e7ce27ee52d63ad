/*
 * Good: the client object with the WSK_REGISTRATION in it is a pool allocation; its address is kept in a global.
 * (Twin: bad_wsk_object_on_stack.c)
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
    NTSTATUS status = WskRegister(&client, &p->registration);

    p->up = NT_SUCCESS(status);
    return status;
}

void NTAPI puffin_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (puffin->up)
        WskDeregister(&puffin->registration);
    ExFreePoolWithTag(puffin, PUFFIN_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    puffin = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*puffin), PUFFIN_TAG);
    if (!puffin)
        return STATUS_INSUFFICIENT_RESOURCES;
    status = puffin_register(puffin);
    if (NT_SUCCESS(status))
        driver->DriverUnload = puffin_unload;
    else
        ExFreePoolWithTag(puffin, PUFFIN_TAG);
    return status;
}
