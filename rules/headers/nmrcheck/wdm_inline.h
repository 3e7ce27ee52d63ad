/* Functions and macros of wdm.h over generated types, and functions that are newer than the documentation data. */
#ifndef NMRCHECK_WDM_INLINE_H
#define NMRCHECK_WDM_INLINE_H
#include "wdm.h"
#ifdef __cplusplus
extern "C" {
#endif
VOID IoInitializeRemoveLockEx(PIO_REMOVE_LOCK Lock, ULONG AllocateTag, ULONG MaxLockedMinutes, ULONG HighWatermark,
                              ULONG RemlockSize);
NTSTATUS IoAcquireRemoveLockEx(PIO_REMOVE_LOCK RemoveLock, PVOID Tag, PCSTR File, ULONG Line, ULONG RemlockSize);
VOID IoReleaseRemoveLockEx(PIO_REMOVE_LOCK RemoveLock, PVOID Tag, ULONG RemlockSize);
VOID IoReleaseRemoveLockAndWaitEx(PIO_REMOVE_LOCK RemoveLock, PVOID Tag, ULONG RemlockSize);
NTSTATUS IoCreateDeviceSecure(PDRIVER_OBJECT DriverObject, ULONG DeviceExtensionSize, PUNICODE_STRING DeviceName,
                              DEVICE_TYPE DeviceType, ULONG DeviceCharacteristics, BOOLEAN Exclusive,
                              PCUNICODE_STRING DefaultSDDLString, const GUID *DeviceClassGuid,
                              PDEVICE_OBJECT *DeviceObject);
NTSTATUS RtlStringFromGUIDEx(const GUID *Guid, PUNICODE_STRING GuidString, BOOLEAN AllocateGuidString);
NTSTATUS ExUuidCreate(UUID *Uuid);
ULONG RtlRandomEx(PULONG Seed);
CCHAR RtlFindLeastSignificantBit(ULONGLONG Set);
CCHAR RtlFindMostSignificantBit(ULONGLONG Set);
NTSTATUS RtlUnicodeToUTF8N(PCHAR UTF8StringDestination, ULONG UTF8StringMaxByteCount, PULONG UTF8StringActualByteCount,
                           PCWCH UnicodeStringSource, ULONG UnicodeStringByteCount);
NTSTATUS RtlUTF8StringToUnicodeString(PUNICODE_STRING DestinationString, const STRING *SourceString,
                                      BOOLEAN AllocateDestinationString);
NTSTATUS RtlUnicodeStringToUTF8String(PSTRING DestinationString, PCUNICODE_STRING SourceString,
                                      BOOLEAN AllocateDestinationString);
VOID KeSetTargetProcessorDpc(PRKDPC Dpc, CCHAR Number);
NTSTATUS KeSetTargetProcessorDpcEx(PRKDPC Dpc, PPROCESSOR_NUMBER ProcNumber);
VOID KeSetImportanceDpc(PRKDPC Dpc, KDPC_IMPORTANCE Importance);
ULONG KeQueryActiveProcessorCountEx(USHORT GroupNumber);
NTSTATUS ZwQueryInformationProcess(HANDLE ProcessHandle, PROCESSINFOCLASS ProcessInformationClass,
                                   PVOID ProcessInformation, ULONG ProcessInformationLength, PULONG ReturnLength);
NTSTATUS ZwQuerySystemInformation(int SystemInformationClass, PVOID SystemInformation, ULONG SystemInformationLength,
                                  PULONG ReturnLength);
NTSTATUS ZwSetInformationProcess(HANDLE ProcessHandle, PROCESSINFOCLASS ProcessInformationClass,
                                 PVOID ProcessInformation, ULONG ProcessInformationLength);
NTSTATUS ZwSetTimer(HANDLE TimerHandle, PLARGE_INTEGER DueTime, PVOID TimerApcRoutine, PVOID TimerContext,
                    BOOLEAN ResumeTimer, LONG Period, PBOOLEAN PreviousState);
NTSTATUS ZwCreateTimer(PHANDLE TimerHandle, ACCESS_MASK DesiredAccess, POBJECT_ATTRIBUTES ObjectAttributes,
                       TIMER_TYPE TimerType);
NTSTATUS ZwOpenProcessTokenEx(HANDLE ProcessHandle, ACCESS_MASK DesiredAccess, ULONG HandleAttributes,
                              PHANDLE TokenHandle);
NTSTATUS ZwOpenThreadTokenEx(HANDLE ThreadHandle, ACCESS_MASK DesiredAccess, BOOLEAN OpenAsSelf, ULONG HandleAttributes,
                             PHANDLE TokenHandle);
NTSTATUS ZwWaitForSingleObject(HANDLE Handle, BOOLEAN Alertable, PLARGE_INTEGER Timeout);
BOOLEAN SeSinglePrivilegeCheck(LUID PrivilegeValue, KPROCESSOR_MODE PreviousMode);
VOID MmUnlockPreChargedPagesForMdl(PMDL Mdl);
LOGICAL MmIsThisAnNtAsSystem(VOID);
NTSTATUS MmAddPhysicalMemory(PPHYSICAL_ADDRESS StartAddress, PLARGE_INTEGER NumberOfBytes);
PHYSICAL_ADDRESS MmGetPhysicalAddress(PVOID BaseAddress);
PVOID MmMapIoSpaceEx(PHYSICAL_ADDRESS PhysicalAddress, SIZE_T NumberOfBytes, ULONG Protect);
LOGICAL KeIsExecutingDpc(VOID);
NTSTATUS EtwRegister(LPCGUID ProviderId, PETWENABLECALLBACK EnableCallback, PVOID CallbackContext, PREGHANDLE RegHandle);
NTSTATUS EtwUnregister(REGHANDLE RegHandle);
NTSTATUS EtwSetInformation(REGHANDLE RegHandle, int InformationClass, PVOID Information, ULONG Length);
NTSTATUS PsAcquireProcessExitSynchronization(PEPROCESS Process);
VOID PsReleaseProcessExitSynchronization(PEPROCESS Process);
NTSTATUS IoQueryFullDriverPath(PDRIVER_OBJECT DriverObject, PUNICODE_STRING FullPath);
NTSTATUS ZwAdjustPrivilegesToken(HANDLE TokenHandle, BOOLEAN DisableAllPrivileges, PVOID NewState, ULONG BufferLength,
                                 PVOID PreviousState, PULONG ReturnLength);
VOID RtlSetBitsEx(PVOID Header, ULONG64 StartingIndex, ULONG64 NumberToSet);
UCHAR BitScanForward(ULONG *Index, ULONG Mask);
UCHAR BitScanReverse(ULONG *Index, ULONG Mask);
UCHAR BitScanForward64(ULONG *Index, ULONG64 Mask);
UCHAR BitScanReverse64(ULONG *Index, ULONG64 Mask);
UCHAR BitTest(LONG const *Base, LONG Offset);
UCHAR BitTest64(LONG64 const *Base, LONG64 Offset);
UCHAR BitTestAndSet(LONG *Base, LONG Offset);
UCHAR BitTestAndReset(LONG *Base, LONG Offset);
ULONG RtlLengthSid(PSID Sid);
NTSTATUS RtlUnicodeStringToInt64(PCUNICODE_STRING String, ULONG Base, PLONG64 Number, PWSTR *EndPointer);
NTSTATUS RtlCharToInteger(PCSZ String, ULONG Base, PULONG Value);
LONG_PTR ObReferenceObjectWithTag(PVOID Object, ULONG Tag);
LONG_PTR ObDereferenceObjectWithTag(PVOID Object, ULONG Tag);
LONG_PTR ObfReferenceObjectWithTag(PVOID Object, ULONG Tag);
LONG_PTR ObfDereferenceObjectWithTag(PVOID Object, ULONG Tag);
NTSTATUS ObOpenObjectByPointerWithTag(PVOID Object, ULONG HandleAttributes, PVOID PassedAccessState,
                                      ACCESS_MASK DesiredAccess, POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode,
                                      ULONG Tag, PHANDLE Handle);
BOOLEAN KeSetTimer2(PVOID Timer, LARGE_INTEGER DueTime, LONGLONG Period, PVOID Parameters);
UCHAR READ_REGISTER_NOFENCE_UCHAR(volatile UCHAR *Register);
ULONG READ_REGISTER_NOFENCE_ULONG(volatile ULONG *Register);
VOID WRITE_REGISTER_NOFENCE_ULONG(volatile ULONG *Register, ULONG Value);
#ifdef __cplusplus
}
#endif
#define _BitScanForward BitScanForward
#define _BitScanReverse BitScanReverse
#define _BitScanForward64 BitScanForward64
#define _BitScanReverse64 BitScanReverse64
#define RtlCheckBit(BMH, BP) ((((PLONG)(BMH)->Buffer)[(BP) / 32] >> ((BP) % 32)) & 0x1)
#define RtlIntPtrToUnicodeString(Value, Base, String) RtlInt64ToUnicodeString(Value, Base, String)
#define RtlUnicodeStringToAnsiSize(STRING) RtlxUnicodeStringToAnsiSize(STRING)
#define RtlAnsiStringToUnicodeSize(STRING) RtlxAnsiStringToUnicodeSize(STRING)
#define IoAdjustPagingPathCount(count, increment)                                                                      \
    ((increment) ? InterlockedIncrement(count) : InterlockedDecrement(count))
#endif
