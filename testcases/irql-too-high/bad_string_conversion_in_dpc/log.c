#include "goshawk.h"

VOID
GoshawkLog(PCSTR Text)
{
    UNICODE_STRING wide;
    ANSI_STRING narrow;

    RtlInitAnsiString(&narrow, Text);
    if (!NT_SUCCESS(RtlAnsiStringToUnicodeString(&wide, &narrow, FALSE))) { // EXPECT: irql-too-high
        return;
    }
    GoshawkLogCount++;
}
