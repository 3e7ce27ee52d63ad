#include "kiln.h"

VOID
KilnReport(const ULONG *Temperatures)
{
    DbgPrint("kiln: %lu %lu\n", Temperatures[0], Temperatures[1]); // EXPECT: nmr-binding-use-after-complete
}

VOID
KilnDetached(PKILN_BINDING Binding)
{
    PULONG temperatures = Binding->Temperatures;

    NmrClientDetachProviderComplete(Binding->NmrBindingHandle);
    KilnReport(temperatures);
}
