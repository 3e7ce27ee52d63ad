/* The stack of what must be undone. */
#include "undo.h"

#define UNDO_MAX 8

static struct { UNDO_FN *Function; PVOID Argument; } UndoStack[UNDO_MAX];
static ULONG UndoDepth;

VOID UndoPush(UNDO_FN *Function, PVOID Argument)
{
    NT_FRE_ASSERT(UndoDepth < UNDO_MAX);
    UndoStack[UndoDepth].Function = Function;
    UndoStack[UndoDepth].Argument = Argument;
    UndoDepth += 1;
}

VOID UndoAll(VOID)
{
    while (UndoDepth > 0) {
        UndoDepth -= 1;
        UndoStack[UndoDepth].Function(UndoStack[UndoDepth].Argument);
    }
}
