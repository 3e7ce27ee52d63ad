/* line 1 of a comment that makes positions differ */
/* line 2 of a comment that makes positions differ */
/* line 3 of a comment that makes positions differ */
/* line 4 of a comment that makes positions differ */
/* line 5 of a comment that makes positions differ */
/* line 6 of a comment that makes positions differ */
#include "../include/common.h" /* found whatever its letters are */
#define SHARED 1
#include "..\include\second.h"
#include "gone.h"
#pragma warning(disable : 4200)
#include <ntstrsafe.h>
#include "file6.tmh"

static UNKNOWN_BY_FILE g_Unknown6;
GLOBAL_DATA6 g_Other;
ULONG g_Initialised6 = 6;

NTSTATUS CommonPaged6(_In_ PCOMMON Common)
{
    PAGED_CODE();
    CommonLow();
    return NmrDeregisterClient(Common->Handle);
}

VOID Use6(PCOMMON Common, ULONG Line)
{
    CHAR text[32];

    TraceSomething(Common, "%d", Line);
    for (Line = CommonNext(SHARED + __LINE__); Line > 0; Line--)
        RtlStringCbPrintfA(text, sizeof(text), "%lu %s", Line, __FILE__);
    NmrDeregisterClient(SECOND((PACKED *)Common));
    InsertHeadList(&Common->Link, &Common->Link);
    CommonDefined(Common);
    CommonUnknown(Common);
    CommonUnload(NULL);
}
