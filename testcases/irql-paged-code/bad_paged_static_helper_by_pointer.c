/* garganey: the table of formatters has a paged function, and the timer's routine formats. */
#include <ntddk.h>

typedef ULONG GARGANEY_FORMAT(ULONG Value);

static GARGANEY_FORMAT GarganeyHex, GarganeyDecimal;

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, GarganeyDecimal)
#endif

static ULONG GarganeyHex(ULONG Value) { return Value & 0xf; }
static ULONG GarganeyDecimal(ULONG Value) { return Value % 10; }

static GARGANEY_FORMAT *const GarganeyFormats[] = { GarganeyHex, GarganeyDecimal };
static volatile ULONG GarganeyLast;
static KDPC GarganeyDpc;

static VOID NTAPI
GarganeyTick(PKDPC Dpc, PVOID Context, PVOID A, PVOID B)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(A);
    UNREFERENCED_PARAMETER(B);
    GarganeyLast = GarganeyFormats[1](GarganeyLast); // EXPECT: irql-paged-code
}

VOID
GarganeyArm(VOID)
{
    KeInitializeDpc(&GarganeyDpc, GarganeyTick, NULL);
}
