#include "finch.h"

NTSTATUS
nmr_side_attach(nmr_side_t *side, HANDLE handle, const void *dispatch)
{
    side->handle = handle;
    return NmrClientAttachProvider(handle, side, dispatch, &side->other, &side->other_dispatch);
}
