/*
 * The binding that an attach callback makes while it runs, as its state holds it.
 */
#ifndef NC_ANALYSIS_BINDING_H
#define NC_ANALYSIS_BINDING_H

#include "analysis/engine.h"

enum bind_slot { BS_STATE = 100, BS_CONTEXT, BS_AT, BS_ESCAPED }; /* beside the slots of resources */
enum bind_state { BIND_NONE, BIND_FAILED, BIND_BOUND, BIND_COMPLETED };
enum binding_status {
    BINDING_BOUND = 1,
    BINDING_COMPLETED = 2,
    BINDING_COMPLETED_KEPT = 3 /* no cleanup callback frees it: only a free is early */
};

enum bind_state bind_get(const struct state *s);
struct val bind_slot_get(const struct state *s, uint32_t slot);
void bind_set(struct engine *e, struct state *s, enum bind_state st, struct val context, nc_id inst);
/* The functions in a dispatch table that the other side gets; the context that it gives back, as a hint of the side's
 * types. */
void note_dispatch(struct engine *e, struct val v);
void note_context(struct engine *e, const struct state *s, struct val context);
/* An object of that record is known to be one: a list's entry is not. */
bool tells_type(struct engine *e, nc_id record);

#endif
