/* courier: an asynchronous read closes its file from the completion routine. */
#include <wdm.h>

#define COURIER_TAG 'ruoC'

typedef struct _COURIER_JOB {
    HANDLE File;
    PVOID Buffer;
} COURIER_JOB, *PCOURIER_JOB;

static VOID
CourierJobFree(PCOURIER_JOB Job)
{
    if (Job->File != NULL) {
        ZwClose(Job->File); // EXPECT: irql-too-high
    }
    if (Job->Buffer != NULL) {
        ExFreePoolWithTag(Job->Buffer, COURIER_TAG);
    }
    ExFreePoolWithTag(Job, COURIER_TAG);
}

static NTSTATUS NTAPI
CourierReadDone(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
    PCOURIER_JOB job = Context;

    UNREFERENCED_PARAMETER(DeviceObject);
    DbgPrint("courier: %Iu bytes\n", Irp->IoStatus.Information);
    IoFreeIrp(Irp);
    CourierJobFree(job);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

NTSTATUS
CourierRead(PDEVICE_OBJECT Lower, HANDLE File, ULONG Length)
{
    PIO_STACK_LOCATION next;
    PCOURIER_JOB job;
    PIRP irp;

    PAGED_CODE();
    job = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*job), COURIER_TAG);
    if (job == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    job->File = File;
    job->Buffer = ExAllocatePoolWithTag(NonPagedPoolNx, Length, COURIER_TAG);
    irp = IoAllocateIrp(Lower->StackSize, FALSE);
    if (irp == NULL || job->Buffer == NULL) {
        if (irp != NULL) {
            IoFreeIrp(irp);
        }
        CourierJobFree(job);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    next = IoGetNextIrpStackLocation(irp);
    next->MajorFunction = IRP_MJ_READ;
    next->Parameters.Read.Length = Length;
    irp->AssociatedIrp.SystemBuffer = job->Buffer;
    IoSetCompletionRoutine(irp, CourierReadDone, job, TRUE, TRUE, TRUE);
    return IoCallDriver(Lower, irp);
}
