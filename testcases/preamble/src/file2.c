/* line 1 of a comment that makes positions differ */
/* line 2 of a comment that makes positions differ */
#include "../include/common.h" /* found whatever its letters are */
#define SHARED 1
#pragma warning(disable : 4200)
#include <ntstrsafe.h>
#include "file2.tmh"

static UNKNOWN_BY_FILE g_Unknown2;
GLOBAL_DATA2 g_Other;
ULONG g_Initialised2 = 2;

NTSTATUS CommonPaged2(_In_ PCOMMON Common)
{
    PAGED_CODE();
    CommonLow();
    return NmrDeregisterClient(Common->Handle);
}

VOID Use2(PCOMMON Common, ULONG Line)
{
    CHAR text[32];

    TraceSomething(Common, "%d", Line);
    for (Line = CommonNext(SHARED + __LINE__); Line > 0; Line--)
        RtlStringCbPrintfA(text, sizeof(text), "%lu %s", Line, __FILE__);
    broken_in_file(Common->Nothing);
    InsertHeadList(&Common->Link, &Common->Link);
    CommonDefined(Common);
    CommonUnknown(Common);
    CommonUnload(NULL);
}
