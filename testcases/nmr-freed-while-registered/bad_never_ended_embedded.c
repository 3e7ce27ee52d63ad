/*
 * Defect: when a session is closed its memory goes, characteristics and all, and nothing ends its registration. One
 * finding, at the free.
 */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_SESSION_OPEN CTL_CODE(FILE_DEVICE_NETWORK, 0x901, METHOD_BUFFERED, FILE_WRITE_ACCESS)
#define SESSION_TAG 'sseS'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SessionUnload;

static const NPIID SessionNpiId = { 0x71c7ae29, 0x4b7a, 0x4bd8, { 0x6b, 0x3f, 0xb2, 0x95, 0xb3, 0xb9, 0xe4, 0xa4 } };
static const NPI_MODULEID SessionModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x1ae0c5cc, 0xc2c6, 0x4943, { 0x84, 0xf7, 0x59, 0x13, 0x80, 0xa4, 0x08, 0xbd } } } };
static const ULONG SessionDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } SessionPeer;

static NTSTATUS NTAPI SessionAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &SessionPeer, &SessionDispatch, &SessionPeer.Context, &SessionPeer.Dispatch);
}

static NTSTATUS NTAPI SessionDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    SessionPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

typedef struct _SESSION {
    NPI_CLIENT_CHARACTERISTICS Chars;
    HANDLE Handle;
} SESSION, *PSESSION;

static NTSTATUS SessionOpen(PFILE_OBJECT FileObject)
{
    PSESSION Session = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Session), SESSION_TAG);
    NTSTATUS Status;

    if (Session == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Session->Chars.Length = sizeof(Session->Chars);
    Session->Chars.ClientAttachProvider = SessionAttach;
    Session->Chars.ClientDetachProvider = SessionDetach;
    Session->Chars.ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    Session->Chars.ClientRegistrationInstance.NpiId = &SessionNpiId;
    Session->Chars.ClientRegistrationInstance.ModuleId = &SessionModuleId;
    Status = NmrRegisterClient(&Session->Chars, NULL, &Session->Handle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Session, SESSION_TAG);
        return Status;
    }
    FileObject->FsContext = Session;
    return STATUS_SUCCESS;
}

static VOID SessionClose(PFILE_OBJECT FileObject)
{
    PSESSION Session = FileObject->FsContext;

    FileObject->FsContext = NULL;
    if (Session != NULL) {
        ExFreePoolWithTag(Session, SESSION_TAG); // EXPECT: nmr-freed-while-registered
    }
}

static NTSTATUS NTAPI SessionDispatchIrp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS Status = STATUS_SUCCESS;

    UNREFERENCED_PARAMETER(DeviceObject);
    switch (Stack->MajorFunction) {
    case IRP_MJ_CREATE:
        Status = SessionOpen(Stack->FileObject);
        break;
    case IRP_MJ_CLOSE:
        SessionClose(Stack->FileObject);
        break;
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI SessionUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = SessionDispatchIrp;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = SessionDispatchIrp;
    DriverObject->DriverUnload = SessionUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
}
