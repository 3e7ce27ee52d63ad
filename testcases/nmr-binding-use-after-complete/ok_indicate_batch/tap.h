#pragma once
#include <ntddk.h>
#include <netioddk.h>

#define TAP_TAG 'paTn'
#define TAP_MAX_CLIENTS 32

typedef struct _TAP_CLIENT_DISPATCH {
    USHORT Version;
    USHORT Size;
    VOID (NTAPI *Indicate)(PVOID ClientBindingContext, ULONG Event, ULONG_PTR Value);
} TAP_CLIENT_DISPATCH;

typedef struct _TAP_PROVIDER_DISPATCH {
    USHORT Version;
    USHORT Size;
    NTSTATUS (NTAPI *Subscribe)(PVOID ProviderBindingContext, ULONG Mask);
    NTSTATUS (NTAPI *Inject)(PVOID ProviderBindingContext, ULONG Value);
} TAP_PROVIDER_DISPATCH;

typedef enum _TAP_CLIENT_STATE { TapClientNew, TapClientActive, TapClientDetaching } TAP_CLIENT_STATE;

typedef struct _TAP_CLIENT {
    LIST_ENTRY Link;
    volatile LONG References;       /* the NMR's until detach, and one for each call in progress */
    TAP_CLIENT_STATE State;
    ULONG Mask;
    HANDLE NmrBindingHandle;
    PVOID ClientContext;
    const TAP_CLIENT_DISPATCH *Dispatch;
} TAP_CLIENT, *PTAP_CLIENT;

typedef struct _TAP {
    KSPIN_LOCK Lock;
    LIST_ENTRY Clients;
    ULONG ClientCount;
    HANDLE Provider;
    BOOLEAN Registered;
    FAST_MUTEX ConfigMutex;
    ULONG ConfigMaxClients;
    KTIMER Timer;
    KDPC Dpc;
    PIO_WORKITEM Work;
    volatile LONG WorkQueued;
    KEVENT WorkIdle;
    ULONG Ticks;
    PDEVICE_OBJECT Device;
} TAP, *PTAP;

extern TAP Tap;

/* clients.c */
extern const NPI_PROVIDER_CHARACTERISTICS TapCharacteristics;
VOID TapClientsIndicate(PTAP T, ULONG Event, ULONG_PTR Value);

/* config.c */
NTSTATUS TapConfigLoad(PTAP T, PUNICODE_STRING RegistryPath);
ULONG TapConfigMaxClients(PTAP T);
VOID TapConfigSetMaxClients(PTAP T, ULONG Count);

/* timer.c */
NTSTATUS TapTimerInitialize(PTAP T);
VOID TapTimerStart(PTAP T);
VOID TapTimerStop(PTAP T);
