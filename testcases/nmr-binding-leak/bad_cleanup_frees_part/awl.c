#include "awl.h"

#define AWL_TAG ' lwA'

PAWL
AwlCreate(ULONG Length)
{
    PAWL awl = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*awl), AWL_TAG);

    if (awl != NULL) {
        awl->Buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, Length, AWL_TAG);
        if (awl->Buffer == NULL) {
            ExFreePoolWithTag(awl, AWL_TAG);
            return NULL;
        }
        awl->Length = Length;
    }
    return awl;
}

/* Gives the buffer back. */
VOID
AwlReset(PAWL Awl)
{
    if (Awl->Buffer != NULL) {
        ExFreePoolWithTag(Awl->Buffer, AWL_TAG);
        Awl->Buffer = NULL;
        Awl->Length = 0;
    }
}

VOID
AwlDelete(PAWL Awl)
{
    AwlReset(Awl);
    ExFreePoolWithTag(Awl, AWL_TAG);
}
