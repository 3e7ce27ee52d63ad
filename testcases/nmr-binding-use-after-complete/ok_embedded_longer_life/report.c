#include "kiln.h"

VOID
KilnReport(const ULONG *Temperatures)
{
    DbgPrint("kiln: %lu %lu\n", Temperatures[0], Temperatures[1]);
}

VOID
KilnDetached(PKILN_BINDING Binding)
{
    NmrClientDetachProviderComplete(Binding->NmrBindingHandle);
    KilnReport(Kiln.Binding.Temperatures);
    Binding->Temperatures[0] = 0;
}
