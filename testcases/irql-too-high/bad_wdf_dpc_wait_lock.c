/* nuthatch: a framework DPC waits for a wait lock; its twin polls it with a zero timeout. */
#include <ntddk.h>
#include <wdf.h>

typedef struct _NUTHATCH_CONTEXT {
    WDFWAITLOCK Lock;
    ULONG Count;
} NUTHATCH_CONTEXT, *PNUTHATCH_CONTEXT;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(NUTHATCH_CONTEXT, NuthatchGetContext)

EVT_WDF_DPC NuthatchPoll;
EVT_WDF_DPC NuthatchWait;

VOID
NuthatchPoll(WDFDPC Dpc)
{
    PNUTHATCH_CONTEXT context = NuthatchGetContext(WdfDpcGetParentObject(Dpc));
    LONGLONG timeout = 0;

    if (WdfWaitLockAcquire(context->Lock, &timeout) == STATUS_SUCCESS) {
        context->Count++;
        WdfWaitLockRelease(context->Lock);
    }
}

VOID
NuthatchWait(WDFDPC Dpc)
{
    PNUTHATCH_CONTEXT context = NuthatchGetContext(WdfDpcGetParentObject(Dpc));

    WdfWaitLockAcquire(context->Lock, NULL); // EXPECT: irql-too-high
    context->Count++;
    WdfWaitLockRelease(context->Lock);
}

NTSTATUS
NuthatchCreate(WDFDEVICE Device, WDFDPC *Poll, WDFDPC *Wait)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    WDF_DPC_CONFIG config;
    NTSTATUS status;

    WDF_OBJECT_ATTRIBUTES_INIT(&attributes);
    attributes.ParentObject = Device;
    WDF_DPC_CONFIG_INIT(&config, NuthatchPoll);
    status = WdfDpcCreate(&config, &attributes, Poll);
    if (NT_SUCCESS(status)) {
        WDF_DPC_CONFIG_INIT(&config, NuthatchWait);
        status = WdfDpcCreate(&config, &attributes, Wait);
    }
    return status;
}
