#include "chisel.h"

#define CHISEL_TAG 'sihC'

static VOID NTAPI
ChiselCut(PVOID Context)
{
    ((PCHISEL)Context)->Cuts++;
}

static const CHISEL_DISPATCH ChiselV1 = { 1, ChiselCut }, ChiselV2 = { 2, ChiselCut };

const CHISEL_DISPATCH *
ChiselTable(ULONG ClientVersion)
{
    return ClientVersion == 1 ? &ChiselV1 : &ChiselV2;
}

PCHISEL
ChiselCreate(ULONG ClientVersion)
{
    PCHISEL chisel = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*chisel), CHISEL_TAG);

    if (chisel != NULL) {
        chisel->ClientVersion = ClientVersion;
    }
    return chisel;
}

VOID
ChiselDelete(PCHISEL Chisel)
{
    ExFreePoolWithTag(Chisel, CHISEL_TAG);
}
