/* Kernel-Mode Driver Framework: handles, object attributes, typed contexts. */
#ifndef NMRCHECK_WDF_TYPES_H
#define NMRCHECK_WDF_TYPES_H
#include "ntddk.h"

typedef HANDLE WDFOBJECT, *PWDFOBJECT;
typedef struct WDFDRIVER__ *WDFDRIVER;
typedef struct WDFDEVICE__ *WDFDEVICE;
typedef struct WDFWMIPROVIDER__ *WDFWMIPROVIDER;
typedef struct WDFWMIINSTANCE__ *WDFWMIINSTANCE;
typedef struct WDFQUEUE__ *WDFQUEUE;
typedef struct WDFREQUEST__ *WDFREQUEST;
typedef struct WDFFILEOBJECT__ *WDFFILEOBJECT;
typedef struct WDFDPC__ *WDFDPC;
typedef struct WDFTIMER__ *WDFTIMER;
typedef struct WDFWORKITEM__ *WDFWORKITEM;
typedef struct WDFINTERRUPT__ *WDFINTERRUPT;
typedef struct WDFWAITLOCK__ *WDFWAITLOCK;
typedef struct WDFSPINLOCK__ *WDFSPINLOCK;
typedef struct WDFMEMORY__ *WDFMEMORY;
typedef struct WDFLOOKASIDE__ *WDFLOOKASIDE;
typedef struct WDFIOTARGET__ *WDFIOTARGET;
typedef struct WDFUSBDEVICE__ *WDFUSBDEVICE;
typedef struct WDFUSBINTERFACE__ *WDFUSBINTERFACE;
typedef struct WDFUSBPIPE__ *WDFUSBPIPE;
typedef struct WDFDMAENABLER__ *WDFDMAENABLER;
typedef struct WDFDMATRANSACTION__ *WDFDMATRANSACTION;
typedef struct WDFCOMMONBUFFER__ *WDFCOMMONBUFFER;
typedef struct WDFKEY__ *WDFKEY;
typedef struct WDFSTRING__ *WDFSTRING;
typedef struct WDFCOLLECTION__ *WDFCOLLECTION;
typedef struct WDFCHILDLIST__ *WDFCHILDLIST;
typedef struct WDFIORESREQLIST__ *WDFIORESREQLIST;
typedef struct WDFIORESLIST__ *WDFIORESLIST;
typedef struct WDFCMRESLIST__ *WDFCMRESLIST;
typedef struct WDFCOMPANIONTARGET__ *WDFCOMPANIONTARGET;
typedef struct WDFTASKQUEUE__ *WDFTASKQUEUE;
typedef PVOID WDFCONTEXT;
typedef struct WDFDEVICE_INIT WDFDEVICE_INIT, *PWDFDEVICE_INIT;
typedef struct _WDF_DRIVER_GLOBALS *PWDF_DRIVER_GLOBALS;
typedef enum _WDF_TRI_STATE { WdfFalse = FALSE, WdfTrue = TRUE, WdfUseDefault = 2 } WDF_TRI_STATE, *PWDF_TRI_STATE;
typedef enum _WDF_EXECUTION_LEVEL { WdfExecutionLevelInvalid, WdfExecutionLevelInheritFromParent, WdfExecutionLevelPassive, WdfExecutionLevelDispatch } WDF_EXECUTION_LEVEL;
typedef enum _WDF_SYNCHRONIZATION_SCOPE { WdfSynchronizationScopeInvalid, WdfSynchronizationScopeInheritFromParent, WdfSynchronizationScopeDevice, WdfSynchronizationScopeQueue, WdfSynchronizationScopeNone } WDF_SYNCHRONIZATION_SCOPE;
#define WDF_NO_OBJECT_ATTRIBUTES NULL
#define WDF_NO_EVENT_CALLBACK NULL
#define WDF_NO_HANDLE NULL
#define WDF_NO_CONTEXT NULL
#define WDF_NO_SEND_OPTIONS NULL
#define WDFAPI
#define WDF_TIMEOUT_TO_SEC ((LONGLONG)10000000)
#define WDF_TIMEOUT_TO_MS ((LONGLONG)10000)
#define WDF_TIMEOUT_TO_US ((LONGLONG)10)
#define WDF_REL_TIMEOUT_IN_SEC(Time) ((Time) * -10000000LL)
#define WDF_REL_TIMEOUT_IN_MS(Time) ((Time) * -10000LL)
#define WDF_REL_TIMEOUT_IN_US(Time) ((Time) * -10LL)
#define WDF_ABS_TIMEOUT_IN_SEC(Time) ((Time)*10000000LL)
#define WDF_ABS_TIMEOUT_IN_MS(Time) ((Time)*10000LL)
#define WDF_ABS_TIMEOUT_IN_US(Time) ((Time)*10LL)
#define WDF_ALIGN_SIZE_DOWN(Length, AlignTo) (((ULONG_PTR)(Length)) & ~(((ULONG_PTR)(AlignTo)) - 1))
#define WDF_ALIGN_SIZE_UP(Length, AlignTo) WDF_ALIGN_SIZE_DOWN(((ULONG_PTR)(Length)) + (AlignTo)-1, AlignTo)

/* These run at the level of whoever deletes the object: PASSIVE for drivers and devices. */
typedef VOID EVT_WDF_OBJECT_CONTEXT_CLEANUP(WDFOBJECT Object);
typedef EVT_WDF_OBJECT_CONTEXT_CLEANUP *PFN_WDF_OBJECT_CONTEXT_CLEANUP;
typedef VOID EVT_WDF_OBJECT_CONTEXT_DESTROY(WDFOBJECT Object);
typedef EVT_WDF_OBJECT_CONTEXT_DESTROY *PFN_WDF_OBJECT_CONTEXT_DESTROY;
typedef EVT_WDF_OBJECT_CONTEXT_CLEANUP EVT_WDF_DEVICE_CONTEXT_CLEANUP;
typedef EVT_WDF_OBJECT_CONTEXT_DESTROY EVT_WDF_DEVICE_CONTEXT_DESTROY;
typedef EVT_WDF_OBJECT_CONTEXT_CLEANUP EVT_WDF_IO_QUEUE_CONTEXT_CLEANUP_CALLBACK;
typedef EVT_WDF_OBJECT_CONTEXT_DESTROY EVT_WDF_IO_QUEUE_CONTEXT_DESTROY_CALLBACK;
typedef EVT_WDF_OBJECT_CONTEXT_CLEANUP EVT_WDF_FILE_CONTEXT_CLEANUP_CALLBACK;
typedef EVT_WDF_OBJECT_CONTEXT_DESTROY EVT_WDF_FILE_CONTEXT_DESTROY_CALLBACK;
_IRQL_requires_(DISPATCH_LEVEL)
typedef VOID EVT_WDF_DPC(WDFDPC Dpc);
typedef EVT_WDF_DPC *PFN_WDF_DPC;
_IRQL_requires_max_(DISPATCH_LEVEL)
typedef VOID EVT_WDF_TIMER(WDFTIMER Timer);
typedef EVT_WDF_TIMER *PFN_WDF_TIMER;
_IRQL_requires_max_(PASSIVE_LEVEL)
typedef VOID EVT_WDF_WORKITEM(WDFWORKITEM WorkItem);
typedef EVT_WDF_WORKITEM *PFN_WDF_WORKITEM;
_IRQL_requires_max_(DISPATCH_LEVEL)
typedef VOID EVT_WDF_DEVICE_SHUTDOWN_NOTIFICATION(WDFDEVICE Device);
typedef EVT_WDF_DEVICE_SHUTDOWN_NOTIFICATION *PFN_WDF_DEVICE_SHUTDOWN_NOTIFICATION;
_IRQL_requires_max_(PASSIVE_LEVEL)
typedef NTSTATUS EVT_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS(WDFDEVICE Device, WDFIORESREQLIST IoResourceRequirementsList);
typedef EVT_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS *PFN_WDF_DEVICE_FILTER_RESOURCE_REQUIREMENTS;
_IRQL_requires_max_(PASSIVE_LEVEL)
typedef NTSTATUS EVT_WDF_DEVICE_RESOURCES_QUERY(WDFDEVICE Device, WDFCMRESLIST Resources);
typedef EVT_WDF_DEVICE_RESOURCES_QUERY *PFN_WDF_DEVICE_RESOURCES_QUERY;
_IRQL_requires_max_(PASSIVE_LEVEL)
typedef NTSTATUS EVT_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST(WDFDEVICE Device, LPGUID InterfaceType,
                                                                struct _INTERFACE *ExposedInterface,
                                                                PVOID ExposedInterfaceSpecificData);
typedef EVT_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST *PFN_WDF_DEVICE_PROCESS_QUERY_INTERFACE_REQUEST;
typedef enum _WDF_DMA_DIRECTION { WdfDmaDirectionReadFromDevice = FALSE, WdfDmaDirectionWriteToDevice = TRUE } WDF_DMA_DIRECTION;
_IRQL_requires_(DISPATCH_LEVEL)
typedef BOOLEAN EVT_WDF_PROGRAM_DMA(WDFDMATRANSACTION Transaction, WDFDEVICE Device, WDFCONTEXT Context,
                                    WDF_DMA_DIRECTION Direction, PSCATTER_GATHER_LIST SgList);
typedef EVT_WDF_PROGRAM_DMA *PFN_WDF_PROGRAM_DMA;

typedef struct _WDF_OBJECT_CONTEXT_TYPE_INFO {
    ULONG Size;
    PCHAR ContextName;
    size_t ContextSize;
    const struct _WDF_OBJECT_CONTEXT_TYPE_INFO *UniqueType;
    PVOID EvtDriverGetUniqueContextType;
} WDF_OBJECT_CONTEXT_TYPE_INFO, *PWDF_OBJECT_CONTEXT_TYPE_INFO;
typedef const WDF_OBJECT_CONTEXT_TYPE_INFO *PCWDF_OBJECT_CONTEXT_TYPE_INFO;
typedef struct _WDF_OBJECT_ATTRIBUTES {
    ULONG Size;
    PFN_WDF_OBJECT_CONTEXT_CLEANUP EvtCleanupCallback;
    PFN_WDF_OBJECT_CONTEXT_DESTROY EvtDestroyCallback;
    WDF_EXECUTION_LEVEL ExecutionLevel;
    WDF_SYNCHRONIZATION_SCOPE SynchronizationScope;
    WDFOBJECT ParentObject;
    size_t ContextSizeOverride;
    PCWDF_OBJECT_CONTEXT_TYPE_INFO ContextTypeInfo;
} WDF_OBJECT_ATTRIBUTES, *PWDF_OBJECT_ATTRIBUTES;
static inline VOID WDF_OBJECT_ATTRIBUTES_INIT(PWDF_OBJECT_ATTRIBUTES Attributes)
{
    RtlZeroMemory(Attributes, sizeof(WDF_OBJECT_ATTRIBUTES));
    Attributes->Size = sizeof(WDF_OBJECT_ATTRIBUTES);
    Attributes->ExecutionLevel = WdfExecutionLevelInheritFromParent;
    Attributes->SynchronizationScope = WdfSynchronizationScopeInheritFromParent;
}
#ifdef __cplusplus
extern "C" {
#endif
PVOID WdfObjectGetTypedContextWorker(WDFOBJECT Handle, PCWDF_OBJECT_CONTEXT_TYPE_INFO TypeInfo);
NTSTATUS WdfObjectAllocateContext(WDFOBJECT Handle, PWDF_OBJECT_ATTRIBUTES ContextAttributes, PVOID *Context);
WDFOBJECT WdfObjectContextGetObject(PVOID ContextPointer);
#ifdef __cplusplus
}
#endif
#define WDF_TYPE_NAME_TO_TYPE_INFO(typename) nmrcheck_wdf_type_##typename
#define WDF_GET_CONTEXT_TYPE_INFO(typename) (&WDF_TYPE_NAME_TO_TYPE_INFO(typename))
#define WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(attributes, typename)                                                   \
    ((attributes)->ContextTypeInfo = WDF_GET_CONTEXT_TYPE_INFO(typename))
#define WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(attributes, typename)                                                  \
    do {                                                                                                               \
        WDF_OBJECT_ATTRIBUTES_INIT(attributes);                                                                        \
        WDF_OBJECT_ATTRIBUTES_SET_CONTEXT_TYPE(attributes, typename);                                                  \
    } while (0)
#define WDF_DECLARE_TYPE_AND_GETTER(typename, getter)                                                                  \
    typedef typename *nmrcheck_wdf_pointer_##typename;                                                                 \
    static const WDF_OBJECT_CONTEXT_TYPE_INFO nmrcheck_wdf_type_##typename = { sizeof(WDF_OBJECT_CONTEXT_TYPE_INFO),   \
                                                                               (PCHAR)#typename, sizeof(typename) };   \
    static inline nmrcheck_wdf_pointer_##typename getter(WDFOBJECT Handle)                                             \
    {                                                                                                                  \
        return (nmrcheck_wdf_pointer_##typename)WdfObjectGetTypedContextWorker(                                        \
            Handle, WDF_GET_CONTEXT_TYPE_INFO(typename));                                                              \
    }
#define WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(typename, getter) WDF_DECLARE_TYPE_AND_GETTER(typename, getter)
#define WDF_DECLARE_CONTEXT_TYPE(typename) WDF_DECLARE_TYPE_AND_GETTER(typename, WdfObjectGet_##typename)
#define WDF_DECLARE_SHARED_CONTEXT_TYPE_WITH_NAME(typename, getter) WDF_DECLARE_TYPE_AND_GETTER(typename, getter)
#define WDF_DECLARE_CUSTOM_TYPE(typename)                                                                              \
    static const WDF_OBJECT_CONTEXT_TYPE_INFO nmrcheck_wdf_type_##typename = { sizeof(WDF_OBJECT_CONTEXT_TYPE_INFO),   \
                                                                               (PCHAR)#typename, 0 };
#define WdfObjectGetTypedContext(handle, type)                                                                         \
    ((type *)WdfObjectGetTypedContextWorker((WDFOBJECT)(handle), WDF_GET_CONTEXT_TYPE_INFO(type)))
#define WdfObjectReference(handle) WdfObjectReferenceActual((WDFOBJECT)(handle), NULL, __LINE__, __FILE__)
#define WdfObjectDereference(handle) WdfObjectDereferenceActual((WDFOBJECT)(handle), NULL, __LINE__, __FILE__)
#define WdfObjectReferenceWithTag(handle, tag) WdfObjectReferenceActual((WDFOBJECT)(handle), tag, __LINE__, __FILE__)
#define WdfObjectDereferenceWithTag(handle, tag)                                                                       \
    WdfObjectDereferenceActual((WDFOBJECT)(handle), tag, __LINE__, __FILE__)
#ifdef __cplusplus
extern "C" {
#endif
VOID WdfSpinLockAcquire(WDFSPINLOCK SpinLock);
VOID WdfSpinLockRelease(WDFSPINLOCK SpinLock);
NTSTATUS WdfWaitLockAcquire(WDFWAITLOCK Lock, PLONGLONG Timeout);
VOID WdfWaitLockRelease(WDFWAITLOCK Lock);
NTSTATUS WdfWmiInstanceFireEvent(WDFWMIINSTANCE WmiInstance, ULONG EventDataSize, PVOID EventData);
VOID WdfObjectReferenceActual(WDFOBJECT Handle, PVOID Tag, LONG Line, PCCH File);
VOID WdfObjectDereferenceActual(WDFOBJECT Handle, PVOID Tag, LONG Line, PCCH File);
#ifdef __cplusplus
}
#endif
#define WDF_STRUCTURE_SIZE(name) sizeof(name)

#endif
