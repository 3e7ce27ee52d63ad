/* plover: the first try is made at PASSIVE_LEVEL; the retry, by the timer, is not. */
#include <ntddk.h>

typedef struct _PLOVER { KTIMER Timer; KDPC Dpc; ULONG Tries; HANDLE Key; } PLOVER, *PPLOVER;

static KDEFERRED_ROUTINE PloverAgain;

static VOID
PloverTry(PPLOVER Plover)
{
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"Tries");
    LARGE_INTEGER due = { .QuadPart = -10000000LL };

    if (NT_SUCCESS(ZwSetValueKey(Plover->Key, &name, 0, REG_DWORD, &Plover->Tries, sizeof(Plover->Tries)))) { // EXPECT: irql-too-high
        return;
    }
    if (Plover->Tries++ < 10) {
        KeSetTimer(&Plover->Timer, due, &Plover->Dpc);
    }
}

static VOID NTAPI
PloverAgain(PKDPC Dpc, PVOID Context, PVOID A, PVOID B)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(A);
    UNREFERENCED_PARAMETER(B);
    PloverTry(Context);
}

VOID
PloverStart(PPLOVER Plover)
{
    PAGED_CODE();
    KeInitializeTimer(&Plover->Timer);
    KeInitializeDpc(&Plover->Dpc, PloverAgain, Plover);
    PloverTry(Plover);
}
