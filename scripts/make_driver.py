#!/usr/bin/env python3
"""Makes a driver of any size, for measurements and as a large case without a defect.

    make_driver.py UNITS --out DIR [--seed N] [--defects N]

DIR receives driver.c, driver.h and UNITS source files. They are of five kinds in turn: an NMR client, an NMR provider,
a client embedded in a pool object, DPCs and work items around a spin lock, a table under a push lock with paged code;
each with helper functions, lists and state machines around it. The driver is correct: nmrcheck has nothing to report.
--defects N puts one defect into each of the first N units, marked with // EXPECT: comments. Equal arguments give equal
files.
"""
import argparse
import pathlib
import random

HEADER = """\
#pragma once
#include <ntddk.h>
#include <netioddk.h>

#define DRIVER_TAG 'vrDM'

typedef struct _SAMPLE_NPI_DISPATCH {
    USHORT Version;
    NTSTATUS (*Send)(PVOID Context, const VOID *Data, SIZE_T Length);
    VOID (*Close)(PVOID Context);
} SAMPLE_NPI_DISPATCH;

typedef struct _ENTRY {
    LIST_ENTRY Link;
    ULONG Key;
    ULONG Flags;
    LONG References;
    UCHAR Data[32];
} ENTRY, *PENTRY;

typedef struct _STATISTICS {
    volatile LONG Attached;
    volatile LONG Sent;
    volatile LONG Dropped;
} STATISTICS;

extern STATISTICS g_Statistics;

PENTRY EntryCreate(ULONG Key, ULONG Flags);
VOID EntryReference(PENTRY Entry);
VOID EntryRelease(PENTRY Entry);
"""

DRIVER_HEAD = """\
#include "driver.h"

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD DriverUnload;

STATISTICS g_Statistics;
static PDEVICE_OBJECT g_Device;

PENTRY EntryCreate(ULONG Key, ULONG Flags)
{
    PENTRY entry = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*entry), DRIVER_TAG);

    if (entry == NULL) {
        return NULL;
    }
    entry->Key = Key;
    entry->Flags = Flags;
    entry->References = 1;
    InitializeListHead(&entry->Link);
    return entry;
}

VOID EntryReference(PENTRY Entry)
{
    InterlockedIncrement(&Entry->References);
}

VOID EntryRelease(PENTRY Entry)
{
    if (InterlockedDecrement(&Entry->References) == 0) {
        ExFreePoolWithTag(Entry, DRIVER_TAG);
    }
}
"""

# Work around the registrations: what makes a file as long as real ones are.
HELPERS = """\

static ULONG Unit@K@Hash(const UCHAR *Data, SIZE_T Length)
{
    ULONG hash = @SEED@u;

    for (SIZE_T i = 0; i < Length; i++) {
        hash = (hash ^ Data[i]) * 16777619u;
    }
    return hash;
}

static NTSTATUS Unit@K@Parse(const UCHAR *Data, SIZE_T Length, ULONG *Kind, ULONG *Value)
{
    SIZE_T at = 0;

    *Kind = 0;
    *Value = 0;
    if (Length < 4) {
        return STATUS_BUFFER_TOO_SMALL;
    }
    while (at + 2 <= Length) {
        const UCHAR tag = Data[at];
        const UCHAR size = Data[at + 1];

        at += 2;
        if (size > Length - at) {
            InterlockedIncrement(&g_Statistics.Dropped);
            return STATUS_INVALID_PARAMETER;
        }
        switch (tag) {
        case @TAG1@:
            *Kind = size > 0 ? Data[at] : 0;
            break;
        case @TAG2@:
            for (UCHAR i = 0; i < size; i++) {
                *Value = (*Value << 8) | Data[at + i];
            }
            break;
        case 0:
            return *Kind != 0 ? STATUS_SUCCESS : STATUS_NOT_FOUND;
        default:
            if ((tag & 0x80) != 0) {
                return STATUS_NOT_SUPPORTED;
            }
            break;
        }
        at += size;
    }
    return STATUS_SUCCESS;
}

typedef enum { Unit@K@Idle, Unit@K@Opening, Unit@K@Open, Unit@K@Closing } UNIT@K@_STATE;

static UNIT@K@_STATE Unit@K@NextState(UNIT@K@_STATE State, ULONG Event)
{
    switch (State) {
    case Unit@K@Idle:
        return Event == 1 ? Unit@K@Opening : State;
    case Unit@K@Opening:
        if (Event == 2) {
            return Unit@K@Open;
        }
        return Event == 3 ? Unit@K@Idle : State;
    case Unit@K@Open:
        return (Event & 4) != 0 ? Unit@K@Closing : State;
    case Unit@K@Closing:
        return Unit@K@Idle;
    }
    return Unit@K@Idle;
}
"""

LOCKED = """\

typedef struct _UNIT@K@_TABLE {
    KSPIN_LOCK Lock;
    LIST_ENTRY Entries;
    ULONG Count;
    UNIT@K@_STATE State;
} UNIT@K@_TABLE;

static UNIT@K@_TABLE g_Unit@K@Table;

static VOID Unit@K@TableInit(void)
{
    KeInitializeSpinLock(&g_Unit@K@Table.Lock);
    InitializeListHead(&g_Unit@K@Table.Entries);
    g_Unit@K@Table.Count = 0;
    g_Unit@K@Table.State = Unit@K@Idle;
}

static PENTRY Unit@K@Find(ULONG Key)
{
    PENTRY found = NULL;
    KIRQL irql;

    KeAcquireSpinLock(&g_Unit@K@Table.Lock, &irql);
    for (PLIST_ENTRY link = g_Unit@K@Table.Entries.Flink; link != &g_Unit@K@Table.Entries; link = link->Flink) {
        PENTRY entry = CONTAINING_RECORD(link, ENTRY, Link);

        if (entry->Key == Key) {
            EntryReference(entry);
            found = entry;
            break;
        }
    }
    KeReleaseSpinLock(&g_Unit@K@Table.Lock, irql);
    return found;
}

static NTSTATUS Unit@K@Insert(ULONG Key, ULONG Flags)
{
    PENTRY entry = Unit@K@Find(Key);
    KIRQL irql;

    if (entry != NULL) {
        EntryRelease(entry);
        return STATUS_OBJECT_NAME_COLLISION;
    }
    entry = EntryCreate(Key, Flags);
    if (entry == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeAcquireSpinLock(&g_Unit@K@Table.Lock, &irql);
    InsertTailList(&g_Unit@K@Table.Entries, &entry->Link);
    g_Unit@K@Table.Count++;
    g_Unit@K@Table.State = Unit@K@NextState(g_Unit@K@Table.State, Flags);
    KeReleaseSpinLock(&g_Unit@K@Table.Lock, irql);
    return STATUS_SUCCESS;
}

static VOID Unit@K@Drain(void)
{
    KIRQL irql;

    KeAcquireSpinLock(&g_Unit@K@Table.Lock, &irql);
    while (!IsListEmpty(&g_Unit@K@Table.Entries)) {
        PLIST_ENTRY link = RemoveHeadList(&g_Unit@K@Table.Entries);
        PENTRY entry = CONTAINING_RECORD(link, ENTRY, Link);

        g_Unit@K@Table.Count--;
        KeReleaseSpinLock(&g_Unit@K@Table.Lock, irql);
        EntryRelease(entry);
        KeAcquireSpinLock(&g_Unit@K@Table.Lock, &irql);
    }
    KeReleaseSpinLock(&g_Unit@K@Table.Lock, irql);
}

NTSTATUS Unit@K@Receive(const UCHAR *Data, SIZE_T Length);

NTSTATUS Unit@K@Receive(const UCHAR *Data, SIZE_T Length)
{
    ULONG kind, value;
    NTSTATUS status = Unit@K@Parse(Data, Length, &kind, &value);

    if (!NT_SUCCESS(status)) {
        return status;
    }
    if (kind == @TAG1@) {
        return Unit@K@Insert(value, kind);
    }
    PENTRY entry = Unit@K@Find(Unit@K@Hash(Data, Length));

    if (entry == NULL) {
        return STATUS_NOT_FOUND;
    }
    entry->Flags |= value;
    EntryRelease(entry);
    return STATUS_SUCCESS;
}
"""

IDENTITY = """\

static const NPIID g_Unit@K@NpiId = { 0x@SEED8@, 0x4a11, 0x4c0e, { 0x90, 0x10, 1, 2, 3, 4, 5, 6 } };
static const NPI_MODULEID g_Unit@K@ModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x@SEED8@, 0x77aa, 0x4be2, { 0xa0, 0x11, 1, 2, 3, 4, 5, 7 } } }
};
"""

CLIENT = """\

typedef struct _UNIT@K@_BINDING {
    HANDLE BindingHandle;
    const SAMPLE_NPI_DISPATCH *Dispatch;
    PVOID ProviderContext;
    LONG Uses;
} UNIT@K@_BINDING, *PUNIT@K@_BINDING;

static SAMPLE_NPI_DISPATCH g_Unit@K@Dispatch = { 1, NULL, NULL };
static HANDLE g_Unit@K@Handle;

static NTSTATUS NTAPI Unit@K@Attach(HANDLE BindingHandle, PVOID ClientContext,
                                    PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PUNIT@K@_BINDING binding;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    if (ProviderInstance->Number == @TAG2@) {
        return STATUS_NOINTERFACE;
    }
    binding = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*binding), DRIVER_TAG);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    binding->BindingHandle = BindingHandle;
    status = NmrClientAttachProvider(BindingHandle, binding, &g_Unit@K@Dispatch, &binding->ProviderContext,
                                     (const VOID **)&binding->Dispatch);@LEAK_MARK@
    if (!NT_SUCCESS(status)) {
@FREE_BINDING@        return status;
    }
    InterlockedIncrement(&g_Statistics.Attached);
    return status;
}

static NTSTATUS NTAPI Unit@K@Detach(PVOID ClientBindingContext)
{
    PUNIT@K@_BINDING binding = ClientBindingContext;

    InterlockedIncrement(&binding->Uses);
    InterlockedDecrement(&g_Statistics.Attached);
    return STATUS_SUCCESS;
}

static VOID NTAPI Unit@K@Cleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, DRIVER_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS g_Unit@K@Characteristics = {
    0,
    sizeof(NPI_CLIENT_CHARACTERISTICS),
    Unit@K@Attach,
    Unit@K@Detach,
    Unit@K@Cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &g_Unit@K@NpiId, &g_Unit@K@ModuleId, @K@, NULL },
};

NTSTATUS Unit@K@Start(PDEVICE_OBJECT Device)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(Device);
    Unit@K@TableInit();
    status = NmrRegisterClient(&g_Unit@K@Characteristics, NULL, &g_Unit@K@Handle);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    return STATUS_SUCCESS;
}

VOID Unit@K@Stop(void)
{
    NTSTATUS status = NmrDeregisterClient(g_Unit@K@Handle);@WAIT_MARK@

@WAIT@    Unit@K@Drain();
}
"""

PROVIDER = """\

typedef struct _UNIT@K@_CLIENT {
    LIST_ENTRY Link;
    HANDLE BindingHandle;
    PVOID ClientContext;
} UNIT@K@_CLIENT, *PUNIT@K@_CLIENT;

static NTSTATUS Unit@K@Send(PVOID Context, const VOID *Data, SIZE_T Length)
{
    UNREFERENCED_PARAMETER(Context);
    InterlockedIncrement(&g_Statistics.Sent);
    return Unit@K@Receive(Data, Length);
}

static const SAMPLE_NPI_DISPATCH g_Unit@K@Dispatch = { 1, Unit@K@Send, NULL };
static HANDLE g_Unit@K@Handle;

static NTSTATUS NTAPI Unit@K@AttachClient(HANDLE BindingHandle, PVOID ProviderContext,
                                          PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
                                          const VOID *ClientDispatch, PVOID *ProviderBindingContext,
                                          const VOID **ProviderDispatch)
{
    PUNIT@K@_CLIENT client;

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (ClientInstance->Version != 0) {
        return STATUS_NOINTERFACE;
    }
    client = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*client), DRIVER_TAG);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->BindingHandle = BindingHandle;
    client->ClientContext = ClientBindingContext;
    *ProviderBindingContext = client;
    *ProviderDispatch = &g_Unit@K@Dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI Unit@K@DetachClient(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI Unit@K@Cleanup(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, DRIVER_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS g_Unit@K@Characteristics = {
    0,
    sizeof(NPI_PROVIDER_CHARACTERISTICS),
    Unit@K@AttachClient,
    Unit@K@DetachClient,
    Unit@K@Cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &g_Unit@K@NpiId, &g_Unit@K@ModuleId, @K@, &g_Unit@K@Dispatch },
};

NTSTATUS Unit@K@Start(PDEVICE_OBJECT Device)
{
    UNREFERENCED_PARAMETER(Device);
    Unit@K@TableInit();
    return NmrRegisterProvider(&g_Unit@K@Characteristics, NULL, &g_Unit@K@Handle);
}

VOID Unit@K@Stop(void)
{
    NTSTATUS status = NmrDeregisterProvider(g_Unit@K@Handle);@WAIT_MARK@

@WAIT@    Unit@K@Drain();
}
"""

EMBEDDED = """\

typedef struct _UNIT@K@_MODULE {
    NPI_CLIENT_CHARACTERISTICS Characteristics;
    HANDLE Handle;
    ULONG Mode;
} UNIT@K@_MODULE, *PUNIT@K@_MODULE;

static SAMPLE_NPI_DISPATCH g_Unit@K@Dispatch = { 1, NULL, NULL };
static PUNIT@K@_MODULE g_Unit@K@Module;

static NTSTATUS NTAPI Unit@K@Attach(HANDLE BindingHandle, PVOID ClientContext,
                                    PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PVOID providerContext;
    const VOID *providerDispatch;

    UNREFERENCED_PARAMETER(ProviderInstance);
    return NmrClientAttachProvider(BindingHandle, ClientContext, &g_Unit@K@Dispatch, &providerContext,
                                   &providerDispatch);
}

static NTSTATUS NTAPI Unit@K@Detach(PVOID ClientBindingContext)
{
    PUNIT@K@_MODULE module = ClientBindingContext;

    module->Mode = 0;
    return STATUS_SUCCESS;
}

static VOID Unit@K@Destroy(PUNIT@K@_MODULE Module)
{
    if (Module->Handle != NULL) {
        NTSTATUS status = NmrDeregisterClient(Module->Handle);@WAIT_MARK@

@WAIT_EMBEDDED@    }
    ExFreePoolWithTag(Module, DRIVER_TAG);
}

static NTSTATUS Unit@K@Create(ULONG Mode, PUNIT@K@_MODULE *Result)
{
    PUNIT@K@_MODULE module = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*module), DRIVER_TAG);
    NTSTATUS status;

    *Result = NULL;
    if (module == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    module->Mode = Mode;
    module->Characteristics.Length = sizeof(module->Characteristics);
    module->Characteristics.ClientAttachProvider = Unit@K@Attach;
    module->Characteristics.ClientDetachProvider = Unit@K@Detach;
    module->Characteristics.ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    module->Characteristics.ClientRegistrationInstance.NpiId = &g_Unit@K@NpiId;
    module->Characteristics.ClientRegistrationInstance.ModuleId = &g_Unit@K@ModuleId;
    status = NmrRegisterClient(&module->Characteristics, module, &module->Handle);
    if (!NT_SUCCESS(status)) {
        module->Handle = NULL;
        Unit@K@Destroy(module);
        return status;
    }
    *Result = module;
    return STATUS_SUCCESS;
}

NTSTATUS Unit@K@Start(PDEVICE_OBJECT Device)
{
    UNREFERENCED_PARAMETER(Device);
    Unit@K@TableInit();
    return Unit@K@Create(@TAG1@, &g_Unit@K@Module);
}

VOID Unit@K@Stop(void)
{
    if (g_Unit@K@Module != NULL) {
        Unit@K@Destroy(g_Unit@K@Module);
        g_Unit@K@Module = NULL;
    }
    Unit@K@Drain();
}
"""

WORKER = """\

static KDEFERRED_ROUTINE Unit@K@Dpc;
static IO_WORKITEM_ROUTINE Unit@K@Work;

static KTIMER g_Unit@K@Timer;
static KDPC g_Unit@K@TimerDpc;
static PIO_WORKITEM g_Unit@K@WorkItem;
static volatile LONG g_Unit@K@Queued;

static VOID Unit@K@Work(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(Context);
    Unit@K@Drain();
    InterlockedExchange(&g_Unit@K@Queued, 0);
}

static VOID Unit@K@Dpc(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    KeAcquireSpinLockAtDpcLevel(&g_Unit@K@Table.Lock);
    const BOOLEAN full = g_Unit@K@Table.Count > @TAG2@;

    KeReleaseSpinLockFromDpcLevel(&g_Unit@K@Table.Lock);
@DPC_WAIT@    if (full && InterlockedExchange(&g_Unit@K@Queued, 1) == 0) {
        IoQueueWorkItem(g_Unit@K@WorkItem, Unit@K@Work, DelayedWorkQueue, NULL);
    }
}

NTSTATUS Unit@K@Start(PDEVICE_OBJECT Device)
{
    LARGE_INTEGER due;

    Unit@K@TableInit();
    g_Unit@K@WorkItem = IoAllocateWorkItem(Device);
    if (g_Unit@K@WorkItem == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeTimer(&g_Unit@K@Timer);
    KeInitializeDpc(&g_Unit@K@TimerDpc, Unit@K@Dpc, NULL);
    due.QuadPart = -10000000LL;
    KeSetTimerEx(&g_Unit@K@Timer, due, 1000, &g_Unit@K@TimerDpc);
    return STATUS_SUCCESS;
}

VOID Unit@K@Stop(void)
{
    LARGE_INTEGER interval;

    KeCancelTimer(&g_Unit@K@Timer);
    KeFlushQueuedDpcs();
    interval.QuadPart = -100000LL;
    while (g_Unit@K@Queued != 0) {
        KeDelayExecutionThread(KernelMode, FALSE, &interval);
    }
    IoFreeWorkItem(g_Unit@K@WorkItem);
    Unit@K@Drain();
}
"""

PAGED = """\

static EX_PUSH_LOCK g_Unit@K@PushLock;
static ULONG g_Unit@K@Settings[16];

static VOID Unit@K@Set(ULONG Index, ULONG Value);
#pragma alloc_text(PAGE, Unit@K@Set)

static VOID Unit@K@Set(ULONG Index, ULONG Value)
{
    PAGED_CODE();
    if (Index >= RTL_NUMBER_OF(g_Unit@K@Settings)) {
        return;
    }
    KeEnterCriticalRegion();
    ExAcquirePushLockExclusive(&g_Unit@K@PushLock);
    g_Unit@K@Settings[Index] = Value;
    ExReleasePushLockExclusive(&g_Unit@K@PushLock);
    KeLeaveCriticalRegion();
}

NTSTATUS Unit@K@Start(PDEVICE_OBJECT Device)
{
    KIRQL irql;

    UNREFERENCED_PARAMETER(Device);
    Unit@K@TableInit();
    ExInitializePushLock(&g_Unit@K@PushLock);
    for (ULONG i = 0; i < RTL_NUMBER_OF(g_Unit@K@Settings); i++) {
        Unit@K@Set(i, i * @TAG1@);
    }
    KeAcquireSpinLock(&g_Unit@K@Table.Lock, &irql);
@PAGED_CALL@    g_Unit@K@Table.State = Unit@K@NextState(g_Unit@K@Table.State, 1);
    KeReleaseSpinLock(&g_Unit@K@Table.Lock, irql);
    return Unit@K@Insert(@TAG2@, 2);
}

VOID Unit@K@Stop(void)
{
    Unit@K@Set(0, 0);
    Unit@K@Drain();
}
"""

WAIT_CLIENT = """\
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(g_Unit@K@Handle);
    }
"""
KINDS = [CLIENT, PROVIDER, EMBEDDED, WORKER, PAGED]
GROUP = 4  # units started by one function of driver.c


def unit(k, rng, defect):
    """The text of unit k."""
    kind = k % len(KINDS)
    wait = WAIT_CLIENT if kind == 0 else WAIT_CLIENT.replace("Client", "Provider")
    embedded = WAIT_CLIENT.replace("g_Unit@K@Handle", "Module->Handle")
    embedded = "".join("    " + line + "\n" for line in embedded.splitlines())
    parts = {
        "@WAIT@": wait,
        "@WAIT_EMBEDDED@": embedded,
        "@WAIT_MARK@": "",
        "@FREE_BINDING@": "        ExFreePoolWithTag(binding, DRIVER_TAG);\n",
        "@LEAK_MARK@": "",
        "@DPC_WAIT@": "",
        "@PAGED_CALL@": "",
    }
    if defect and kind == 0:
        parts["@FREE_BINDING@"] = ""
        # the finding stands where the call begins, one line up
        parts["@LEAK_MARK@"] = ""
    elif defect and kind in (1, 2):
        parts["@WAIT@"] = parts["@WAIT_EMBEDDED@"] = "    UNREFERENCED_PARAMETER(status);\n"
        parts["@WAIT_MARK@"] = " // EXPECT: nmr-missing-wait"
    elif defect and kind == 3:
        parts["@DPC_WAIT@"] = (
            "    KeWaitForSingleObject(&g_Unit@K@Timer, Executive, KernelMode, FALSE, NULL); // EXPECT: irql-too-high\n"
        )
    elif defect:
        parts["@PAGED_CALL@"] = "    Unit@K@Set(1, 2); // EXPECT: irql-paged-code\n"
    text = '#include "driver.h"\n' + HELPERS + LOCKED
    if kind < 3:
        text += IDENTITY
    text += KINDS[kind]
    if defect and kind == 0:
        text = text.replace(
            "status = NmrClientAttachProvider(BindingHandle, binding, &g_Unit@K@Dispatch, &binding->ProviderContext,",
            "status = NmrClientAttachProvider(BindingHandle, binding, &g_Unit@K@Dispatch, // EXPECT: nmr-binding-leak\n"
            "                                     &binding->ProviderContext,",
        )
    for name, value in parts.items():
        text = text.replace(name, value)
    tag1, tag2 = rng.sample(range(1, 100), 2)
    seed = rng.randrange(1 << 28, 1 << 32)
    for name, value in (("@SEED8@", "%08x" % seed), ("@SEED@", str(seed)), ("@TAG1@", str(tag1)), ("@TAG2@", str(tag2))):
        text = text.replace(name, value)
    return text.replace("@K@", str(k))


def ladder(names, start, stop, argument):
    """Starts `names` in order; on a failure stops, in reverse order, those that were started."""
    lines = ["    NTSTATUS status;", ""]
    for i, name in enumerate(names):
        lines += [
            "    status = %s(%s);" % (start % name, argument),
            "    if (!NT_SUCCESS(status)) {",
            "        goto Fail%d;" % i,
            "    }",
        ]
    lines.append("    return STATUS_SUCCESS;")
    lines.append("")
    for i in range(len(names) - 1, -1, -1):
        if i + 1 < len(names):
            lines.append("    %s();" % (stop % names[i]))
        lines.append("Fail%d:" % i)
    # the last label printed is Fail0: nothing was started
    lines.append("    return status;")
    return "\n".join(lines) + "\n"


def driver(units):
    """The text of driver.c."""
    groups = [list(range(i, min(i + GROUP, units))) for i in range(0, units, GROUP)]
    out = [DRIVER_HEAD]
    for k in range(units):
        out.append("NTSTATUS Unit%d" % k + "Start(PDEVICE_OBJECT Device);\nVOID Unit%dStop(void);\n" % k)
    for g, members in enumerate(groups):
        out.append("\nstatic NTSTATUS Group%dStart(PDEVICE_OBJECT Device)\n{\n" % g)
        out.append(ladder(members, "Unit%dStart", "Unit%dStop", "Device"))
        out.append("}\n\nstatic VOID Group%dStop(void)\n{\n" % g)
        out += ["    Unit%dStop();\n" % k for k in reversed(members)]
        out.append("}\n")
    out.append("\nstatic NTSTATUS StartAll(PDEVICE_OBJECT Device)\n{\n")
    out.append(ladder(list(range(len(groups))), "Group%dStart", "Group%dStop", "Device"))
    out.append("}\n\nstatic VOID DriverUnload(PDRIVER_OBJECT DriverObject)\n{\n    UNREFERENCED_PARAMETER(DriverObject);\n")
    out += ["    Group%dStop();\n" % g for g in reversed(range(len(groups)))]
    out.append(
        "    IoDeleteDevice(g_Device);\n}\n\n"
        "NTSTATUS DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)\n{\n"
        "    NTSTATUS status;\n\n    UNREFERENCED_PARAMETER(RegistryPath);\n"
        "    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &g_Device);\n"
        "    if (!NT_SUCCESS(status)) {\n        return status;\n    }\n"
        "    status = StartAll(g_Device);\n"
        "    if (!NT_SUCCESS(status)) {\n        IoDeleteDevice(g_Device);\n        return status;\n    }\n"
        "    DriverObject->DriverUnload = DriverUnload;\n    return STATUS_SUCCESS;\n}\n"
    )
    return "".join(out)


def main():
    parser = argparse.ArgumentParser(description="Makes a driver of any size.")
    parser.add_argument("units", type=int)
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--defects", type=int, default=0)
    options = parser.parse_args()
    if options.units < 1:
        parser.error("at least one unit")

    rng = random.Random(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "driver.h").write_text(HEADER)
    (options.out / "driver.c").write_text(driver(options.units))
    for k in range(options.units):
        (options.out / ("unit%d.c" % k)).write_text(unit(k, rng, k < options.defects))


if __name__ == "__main__":
    main()
