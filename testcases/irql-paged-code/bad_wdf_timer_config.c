/* magpie: the timer function was put into the PAGE section with the rest of the file's functions. */
#include <ntddk.h>
#include <wdf.h>

EVT_WDF_TIMER MagpieTick;
EVT_WDF_WORKITEM MagpieWork;
NTSTATUS MagpieCreate(WDFDEVICE Device, WDFTIMER *Timer, WDFWORKITEM *Item);

#pragma alloc_text(PAGE, MagpieCreate)
#pragma alloc_text(PAGE, MagpieWork)
#pragma alloc_text(PAGE, MagpieTick)

static LONG MagpieTicks;
static LONG MagpieWorks;

VOID
MagpieTick(WDFTIMER Timer)
{
    UNREFERENCED_PARAMETER(Timer);
    InterlockedIncrement(&MagpieTicks);
}

VOID
MagpieWork(WDFWORKITEM WorkItem)
{
    UNREFERENCED_PARAMETER(WorkItem);
    PAGED_CODE();
    InterlockedIncrement(&MagpieWorks);
}

NTSTATUS
MagpieCreate(WDFDEVICE Device, WDFTIMER *Timer, WDFWORKITEM *Item)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_WORKITEM_CONFIG workConfig;
    WDF_TIMER_CONFIG timerConfig;
    NTSTATUS status;

    PAGED_CODE();
    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    WDF_WORKITEM_CONFIG_INIT(&workConfig, MagpieWork);
    status = WdfWorkItemCreate(&workConfig, &attributes, Item);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WDF_TIMER_CONFIG_INIT(&timerConfig, MagpieTick); // EXPECT: irql-paged-code
    return WdfTimerCreate(&timerConfig, &attributes, Timer);
}
