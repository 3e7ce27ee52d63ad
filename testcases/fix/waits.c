/* A wait that is missing, in every form that the deregister call can have. waits.fixed.c is what --fix makes of it. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD unload;

static const NPIID npi = { 0x6b1b8b02, 0x35dc, 0x4f4e, { 0x8a, 0x61, 0x2d, 0x0c, 0x3d, 0x11, 0x49, 0x6a } };
static const NPI_MODULEID module = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x6b1b8b03 } } };
static const ULONG dispatch = 1;
static struct {
    PVOID context;
    const VOID *dispatch;
} peer;

static NTSTATUS NTAPI attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    UNREFERENCED_PARAMETER(context);
    UNREFERENCED_PARAMETER(instance);
    return NmrClientAttachProvider(binding, &peer, &dispatch, &peer.context, &peer.dispatch);
}

static NTSTATUS NTAPI detach(PVOID binding_context)
{
    UNREFERENCED_PARAMETER(binding_context);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = attach,
    .ClientDetachProvider = detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &npi, .ModuleId = &module },
};

static HANDLE handles[8];
static HANDLE other;

static void end_alone(void)
{
    NmrDeregisterClient(handles[0]);
}

static void end_cast(void)
{
	/* tabs */
	(VOID)0; (void)NmrDeregisterClient(handles[1]); /* one line */
}

static NTSTATUS end_declared(void)
{
  NTSTATUS status = NmrDeregisterClient(handles[2]); // two blanks
  return status;
}

static NTSTATUS end_assigned(void)
{
    NTSTATUS status;
    status = NmrDeregisterClient(
        handles[3]);
    return status;
}

static ULONG pending;
static void end_tested(void)
{
    if (NmrDeregisterClient(handles[4]) == STATUS_PENDING) {
        pending++;
    }
}

static void end_under_if(void)
{
    if (handles[5] != NULL)
        NmrDeregisterClient(handles[5]);
}

#define END(handle) NmrDeregisterClient(handle)
static void end_macro(void)
{
    END(handles[6]);
}

static void end_with_else(void)
{
    if (other != NULL)
        NmrDeregisterClient(other);
    else
        pending++;
}

void NTAPI unload(PDRIVER_OBJECT driver)
{
    UNREFERENCED_PARAMETER(driver);
    end_alone();
    end_cast();
    end_declared();
    end_assigned();
    end_tested();
    end_under_if();
    end_macro();
    end_with_else();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(path);
    driver->DriverUnload = unload;
    if (!NT_SUCCESS(NmrRegisterClient(&client, NULL, &handles[0])) ||
        !NT_SUCCESS(NmrRegisterClient(&client, NULL, &handles[1])) ||
        !NT_SUCCESS(NmrRegisterClient(&client, NULL, &handles[2])) ||
        !NT_SUCCESS(NmrRegisterClient(&client, NULL, &handles[3])) ||
        !NT_SUCCESS(NmrRegisterClient(&client, NULL, &handles[4])) ||
        !NT_SUCCESS(NmrRegisterClient(&client, NULL, &handles[5])) ||
        !NT_SUCCESS(NmrRegisterClient(&client, NULL, &handles[6])) ||
        !NT_SUCCESS(NmrRegisterClient(&client, NULL, &other)))
        KeBugCheckEx(1, 0, 0, 0, 0);
    return STATUS_SUCCESS;
}
