/* A part of a driver: the out parameters travel in a structure to a function of another file, which sets them. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct egret_client { void *client; const void *client_dispatch; ULONG credits; } egret_client_t;

typedef struct egret_out { void **context; const void **dispatch; } egret_out_t;

extern const USHORT egret_table[2];

egret_client_t *egret_new(ULONG credits);
void egret_delete(egret_client_t *client);
void egret_publish(const egret_out_t *out, egret_client_t *client);

static HANDLE egret_handle;

static const NPIID egret_npi_id = { 0xefcc2b77, 0x33a7, 0x44fa, { 0xd4, 0x0f, 0x77, 0x26, 0x46, 0x6f, 0xba, 0x1b } };
static const NPI_MODULEID egret_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xbf30f14d, 0xda34, 0x47fb, { 0x48, 0xfd, 0xbd, 0x71, 0x71, 0x5b, 0x99, 0x58 } }
};

static NTSTATUS NTAPI
egret_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance, PVOID client_binding,
             const VOID *client_dispatch, PVOID *binding, const VOID **dispatch)
{
    egret_out_t out = { binding, dispatch };
    egret_client_t *client;

    (void)nmr_handle;
    (void)context;
    (void)instance;
    client = egret_new(16);
    if (client == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    client->client = client_binding;
    client->client_dispatch = client_dispatch;
    egret_publish(&out, client);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
egret_detach(PVOID binding)
{
    ((egret_client_t *)binding)->credits = 0;
    return STATUS_SUCCESS;
}

static VOID NTAPI
egret_cleanup(PVOID binding)
{
    egret_delete(binding);
}

static const NPI_PROVIDER_CHARACTERISTICS egret_characteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), egret_attach, egret_detach, egret_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &egret_npi_id, &egret_module_id, 0, NULL }
};

static VOID NTAPI
egret_unload(PDRIVER_OBJECT driver)
{
    NTSTATUS status;

    (void)driver;
    status = NmrDeregisterProvider(egret_handle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(egret_handle);
    }
}

NTSTATUS NTAPI
EgretStart(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = egret_unload;
    return NmrRegisterProvider(&egret_characteristics, NULL, &egret_handle);
}
