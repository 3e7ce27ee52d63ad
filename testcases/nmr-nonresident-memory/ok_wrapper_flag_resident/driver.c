/*
 * Good: the WSK client object is allocated resident; only a name buffer is paged.
 * (Twin: bad_wrapper_flag_paged)
 */
#include "alloc.h"
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TeaselUnload;

typedef struct _TEASEL {
    WSK_REGISTRATION Registration;
    WSK_CLIENT_DISPATCH Dispatch;
    PWCHAR Name;
} TEASEL, *PTEASEL;

static PTEASEL Teasel;

static VOID TeaselFree(VOID)
{
    Release(Teasel->Name);
    Release(Teasel);
    Teasel = NULL;
}

VOID NTAPI TeaselUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WskDeregister(&Teasel->Registration);
    TeaselFree();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI Npi;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Teasel = Alloc(sizeof(*Teasel), ALLOC_ZERO);
    if (Teasel == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Teasel->Name = Alloc(128, ALLOC_PAGED);
    Teasel->Dispatch.Version = MAKE_WSK_VERSION(1, 0);
    Npi.ClientContext = NULL;
    Npi.Dispatch = &Teasel->Dispatch;

    Status = WskRegister(&Npi, &Teasel->Registration);
    if (!NT_SUCCESS(Status)) {
        TeaselFree();
        return Status;
    }
    DriverObject->DriverUnload = TeaselUnload;
    return STATUS_SUCCESS;
}
