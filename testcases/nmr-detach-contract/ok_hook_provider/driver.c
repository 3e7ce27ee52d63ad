#include "hook.h"

static hook_provider_t *hook_process;
static PDEVICE_OBJECT hook_device;

static VOID NTAPI
hook_process_notify(HANDLE parent, HANDLE process, BOOLEAN create)
{
    (void)parent;
    if (create && hook_invoke(hook_process, process) == HOOK_BLOCK)
        DbgPrint("hook: %p should not run\n", process);
}

static VOID NTAPI
hook_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    PsSetCreateProcessNotifyRoutine(hook_process_notify, TRUE);
    hook_provider_unregister(hook_process);
    IoDeleteDevice(hook_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &hook_device);
    if (!NT_SUCCESS(status))
        goto done;
    status = hook_provider_register(hook_device, &hook_process);
    if (!NT_SUCCESS(status))
        goto delete_device;
    status = PsSetCreateProcessNotifyRoutine(hook_process_notify, FALSE);
    if (!NT_SUCCESS(status))
        goto unregister;
    driver->DriverUnload = hook_unload;
    goto done;

unregister:
    hook_provider_unregister(hook_process);
    hook_process = NULL;
delete_device:
    IoDeleteDevice(hook_device);
done:
    return status;
}
