/*
 * Unload stops a worker thread and waits for it. Defect: neither the thread nor unload ends the registration.
 * (Twin: ok_thread_ends.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD scarlet_unload;
KSTART_ROUTINE scarlet_main;

static HANDLE scarlet_handle;
static KEVENT scarlet_stop;
static PVOID scarlet_thread;
static const NPIID scarlet_npi = { 0xf42a263f, 0x9dac, 0x4d2b, { 0x8e, 0x32, 0x59, 0x42, 0xab, 0x5d, 0x38, 0x94 } };
static const NPI_MODULEID scarlet_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x32625e33, 0xe305, 0x43e6, { 0x82, 0xd1, 0x44, 0x99, 0xf2, 0x86, 0x6c, 0x77 } },
};
static const ULONG scarlet_dispatch[2] = { 7, 0 };
static volatile LONG scarlet_clients;

static NTSTATUS NTAPI scarlet_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&scarlet_clients);
    *binding_context = (PVOID)&scarlet_clients;
    *dispatch = scarlet_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI scarlet_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS scarlet_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = scarlet_attach_client,
    .ProviderDetachClient = scarlet_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &scarlet_npi, .ModuleId = &scarlet_module },
};

static void scarlet_end(void)
{
    NTSTATUS status = NmrDeregisterProvider(scarlet_handle);

    if (status == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(scarlet_handle);
}

VOID NTAPI scarlet_main(PVOID context)
{
    (void)context;
    KeWaitForSingleObject(&scarlet_stop, Executive, KernelMode, FALSE, NULL);
    PsTerminateSystemThread(STATUS_SUCCESS);
}

void NTAPI scarlet_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    KeSetEvent(&scarlet_stop, IO_NO_INCREMENT, FALSE);
    KeWaitForSingleObject(scarlet_thread, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(scarlet_thread);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    HANDLE thread;
    NTSTATUS status;

    (void)path;
    KeInitializeEvent(&scarlet_stop, NotificationEvent, FALSE);
    status = NmrRegisterProvider(&scarlet_provider, NULL, &scarlet_handle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(status))
        return status;
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, scarlet_main, NULL);
    if (!NT_SUCCESS(status)) {
        scarlet_end();
        return status;
    }
    status = ObReferenceObjectByHandle(thread, THREAD_ALL_ACCESS, NULL, KernelMode, &scarlet_thread, NULL);
    NT_FRE_ASSERT(NT_SUCCESS(status));
    ZwClose(thread);
    driver->DriverUnload = scarlet_unload;
    return STATUS_SUCCESS;
}
