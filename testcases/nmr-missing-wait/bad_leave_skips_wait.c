/*
 * Defect: an empty list leaves the __try block between the deregister call and the wait.
 * (Twin: ok_finally_waits.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define CHOUGH_TAG 'guhC'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ChoughUnload;

static HANDLE ChoughHandle;
static LIST_ENTRY ChoughRoutes;
static const NPIID ChoughNpiId =
    { 0x67135a99, 0xcdfd, 0x410d, { 0x89, 0x1d, 0x90, 0x56, 0x87, 0x7d, 0x53, 0x63 } };

static const NPI_MODULEID ChoughModuleId =
{
    sizeof(NPI_MODULEID),
    MIT_GUID,
    { { 0xed7af6fc, 0xc76f, 0x4a1e, { 0x85, 0x7a, 0xfb, 0x03, 0x7f, 0x16, 0xb5, 0xf9 } } }
};

static NPI_PROVIDER_ATTACH_CLIENT_FN ChoughAttachClient;
static NPI_PROVIDER_DETACH_CLIENT_FN ChoughDetachClient;

static const ULONG_PTR ChoughDispatch[1] = { 0 };
static volatile LONG ChoughClients;

static NTSTATUS NTAPI
ChoughAttachClient(
    HANDLE NmrBindingHandle,
    PVOID ProviderContext,
    PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext,
    const VOID *ClientDispatch,
    PVOID *ProviderBindingContext,
    const VOID **ProviderDispatch
    )
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);

    if (InterlockedCompareExchange(&ChoughClients, 1, 0) != 0)
    {
        return STATUS_NOINTERFACE;
    }

    *ProviderBindingContext = NULL;
    *ProviderDispatch = ChoughDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
ChoughDetachClient(
    PVOID ProviderBindingContext
    )
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);

    InterlockedExchange(&ChoughClients, 0);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS ChoughProvider =
{
    0,
    sizeof(NPI_PROVIDER_CHARACTERISTICS),
    ChoughAttachClient,
    ChoughDetachClient,
    NULL,
    {
        0,
        sizeof(NPI_REGISTRATION_INSTANCE),
        &ChoughNpiId,
        &ChoughModuleId,
        0,
        NULL
    }
};

VOID NTAPI
ChoughUnload(
    PDRIVER_OBJECT DriverObject
    )
{
    UNREFERENCED_PARAMETER(DriverObject);

    __try
    {
        NmrDeregisterProvider(ChoughHandle); // EXPECT: nmr-missing-wait

        if (IsListEmpty(&ChoughRoutes))
        {
            __leave;
        }

        while (!IsListEmpty(&ChoughRoutes))
        {
            PLIST_ENTRY Entry = RemoveHeadList(&ChoughRoutes);
            ExFreePoolWithTag(Entry, CHOUGH_TAG);
        }

        NmrWaitForProviderDeregisterComplete(ChoughHandle);
    }
    __finally
    {
        ChoughHandle = NULL;
    }
}

NTSTATUS NTAPI
DriverEntry(
    PDRIVER_OBJECT DriverObject,
    PUNICODE_STRING RegistryPath
    )
{
    PLIST_ENTRY Default;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);

    InitializeListHead(&ChoughRoutes);

    Status = NmrRegisterProvider(&ChoughProvider, NULL, &ChoughHandle);
    if (!NT_SUCCESS(Status))
    {
        return Status;
    }

    Default = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Default), CHOUGH_TAG);
    if (Default != NULL)
    {
        InsertTailList(&ChoughRoutes, Default);
    }

    DriverObject->DriverUnload = ChoughUnload;
    return STATUS_SUCCESS;
}
