/*
 * nmr-stack-*: a local variable whose content is constant may as well live for ever. Constant: nothing is stored in it
 * but constants and addresses, of functions, globals, or other locals of which the same is true; and nothing gets its
 * address but the call that the finding is about, and calls that set it to zero.
 */
#include <string.h>

#include "fixes/draft.h"
#include "fixes/objects.h"

enum { MAX_LOCALS = 6 };

struct look {
    const struct nc_module *m;
    nc_id function, call;     /* call: the instruction that may have its address */
    nc_id locals[MAX_LOCALS]; /* that have to become static */
    size_t count;
    struct nc_object whole; /* what points at the locals: its members hold their addresses */
    bool has_whole, changes, failed;
};

static bool want(struct look *k, nc_id local)
{
    const struct nc_function *f = &k->m->functions[k->function];
    const struct nc_local *l = &k->m->locals[f->first_local + local];

    for (size_t i = 0; i < k->count; i++)
        if (k->locals[i] == local)
            return true;
    if (k->count == MAX_LOCALS || (l->flags & (NC_LOCAL_PARAM | NC_LOCAL_TEMPORARY)))
        return false;
    k->locals[k->count++] = local;
    return true;
}

static bool is_wanted(const struct look *k, const struct nc_object *o)
{
    for (size_t i = 0; o->kind == NC_OBJECT_LOCAL && i < k->count; i++)
        if (k->locals[i] == o->id)
            return true;
    return false;
}

/* Does the expression's value depend on where a wanted local lies, other than through its content? */
static bool mentions(const struct look *k, nc_id expr, bool content_too)
{
    const struct nc_expr *e = expr == NC_NONE ? NULL : &k->m->exprs[expr];
    struct nc_object o;

    if (!e)
        return false;
    switch (e->op) {
    case NC_EX_LOCAL:
        o = (struct nc_object){ NC_OBJECT_LOCAL, e->a, k->function, 0 };
        return is_wanted(k, &o);
    case NC_EX_LOAD:
        return content_too ? mentions(k, e->a, true) : false;
    case NC_EX_INT:
    case NC_EX_STRING:
    case NC_EX_GLOBAL:
    case NC_EX_FUNC:
    case NC_EX_TEMP:
    case NC_EX_UNKNOWN:
        return false;
    case NC_EX_FIELD:
    case NC_EX_CAST:
    case NC_EX_NEG:
    case NC_EX_NOT:
    case NC_EX_LNOT:
        return mentions(k, e->a, content_too);
    default:
        return mentions(k, e->a, content_too) || mentions(k, e->b, content_too);
    }
}

/* The value of a store into a wanted local: can it stand in a static initialiser? */
static bool is_constant(struct look *k, nc_id value)
{
    const struct nc_expr *e;
    struct nc_object o;

    value = nc_expr_strip(k->m, value);
    if (value == NC_NONE)
        return false;
    e = &k->m->exprs[value];
    if (e->op == NC_EX_INT || e->op == NC_EX_STRING || e->op == NC_EX_FUNC)
        return true;
    if (!nc_object_of(k->m, k->function, value, &o))
        return false;
    return o.kind == NC_OBJECT_GLOBAL || want(k, o.id);
}

static bool sets_to_zero(const struct look *k, const struct nc_inst *inst)
{
    static const char *const names[] = {
        "RtlZeroMemory", "RtlSecureZeroMemory", "RtlFillMemory", "memset", "ZeroMemory", "nmrcheck_zero", NULL
    }; /* the last: an initialiser's rest */
    nc_id callee = nc_expr_strip(k->m, inst->b);
    const char *name;

    if (callee == NC_NONE || k->m->exprs[callee].op != NC_EX_FUNC)
        return false;
    name = nc_string(k->m, k->m->functions[k->m->exprs[callee].a].name);
    for (size_t i = 0; names[i]; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

static bool check_call(struct look *k, nc_id inst)
{
    const struct nc_inst *i = &k->m->insts[inst];
    bool zero = sets_to_zero(k, i);

    for (uint16_t a = 0; a < i->arg_count; a++) {
        if (!mentions(k, k->m->args[i->c + a], false))
            continue;
        if (zero && a == 0)
            k->changes = k->changes || !(i->flags & NC_INF_INIT);
        else if (inst != k->call)
            return false;
    }
    return true;
}

static bool check_store(struct look *k, const struct nc_inst *i)
{
    struct nc_object target;

    if (nc_object_of(k->m, k->function, i->a, &target) && is_wanted(k, &target)) {
        k->changes = k->changes || !(i->flags & NC_INF_INIT);
        return i->op == NC_IN_STORE && is_constant(k, i->b);
    }
    if (mentions(k, i->a, false))
        return false; /* at an index that is not constant */
    if (i->op != NC_IN_STORE || !mentions(k, i->b, false))
        return true;
    return k->has_whole && nc_object_of(k->m, k->function, i->a, &target) &&
           nc_object_same_variable(&target, &k->whole);
}

static bool check(void *user, nc_id function, nc_id inst)
{
    struct look *k = user;
    const struct nc_inst *i = &k->m->insts[inst];
    bool fine = true;

    if (function != k->function)
        return true;
    switch (i->op) {
    case NC_IN_CALL:
        fine = check_call(k, inst);
        break;
    case NC_IN_STORE:
    case NC_IN_COPY:
        fine = check_store(k, i);
        break;
    case NC_IN_SET:
        fine = !mentions(k, i->b, false);
        break;
    default:
        break;
    }
    k->failed = k->failed || !fine;
    return fine;
}

/* Locals whose address was put into the registered object: ids, module ids, dispatch tables. */
static bool collect_pointees(void *user, nc_id function, nc_id inst)
{
    struct look *k = user;
    const struct nc_inst *i = &k->m->insts[inst];
    struct nc_object target, value;

    if (function == k->function && i->op == NC_IN_STORE && nc_object_of(k->m, function, i->a, &target) &&
        nc_object_same_variable(&target, &k->whole) && nc_object_of(k->m, function, i->b, &value) &&
        value.kind == NC_OBJECT_LOCAL && !want(k, value.id))
        k->failed = true;
    return !k->failed;
}

/* Which locals the finding is about. */
static bool collect(struct nc_draft *d, struct look *k)
{
    bool data = strcmp(d->finding->rule, "nmr-stack-registration-data") == 0;
    bool binding = strcmp(d->finding->rule, "nmr-stack-binding-context") == 0;
    struct nc_object o;
    nc_id inst = nc_draft_instruction(d, NC_IN_CALL, &k->function);
    const struct nc_inst *i = inst == NC_NONE ? NULL : &k->m->insts[inst];

    k->call = inst;
    if (!i && binding) {
        /* A provider: the store of the address to the out parameter. */
        inst = nc_draft_instruction(d, NC_IN_STORE, &k->function);
        if (inst == NC_NONE || !nc_object_of(k->m, k->function, k->m->insts[inst].b, &o) || o.kind != NC_OBJECT_LOCAL)
            return false;
        return false; /* the store's target is not ours to follow */
    }
    if (!i || i->arg_count < 2)
        return false;
    if (binding) {
        if (i->arg_count < 3 ||
            (nc_object_of(k->m, k->function, k->m->args[i->c + 1], &o) && o.kind == NC_OBJECT_LOCAL))
            return false; /* a context is not constant */
        return nc_object_of(k->m, k->function, k->m->args[i->c + 2], &o) && o.kind == NC_OBJECT_LOCAL && want(k, o.id);
    }
    if (!nc_object_of(k->m, k->function, k->m->args[i->c], &o))
        return false;
    if (!data)
        return o.kind == NC_OBJECT_LOCAL && want(k, o.id);
    if (nc_token_is(d->t, d->token, "WskRegister") &&
        nc_object_of(k->m, k->function, k->m->args[i->c + 1], &k->whole) && k->whole.kind == NC_OBJECT_LOCAL)
        return false; /* the WSK_REGISTRATION itself */
    k->whole = o;
    k->has_whole = true;
    nc_each_instruction(k->m, collect_pointees, k);
    return !k->failed && k->count > 0;
}

/* "static" in front of the declaration, which must be of this variable only. */
static bool declare(struct nc_draft *d, const struct look *k, nc_id local)
{
    static const char *const storage[] = { "static",        "extern",    "register", "auto", "thread_local",
                                           "_Thread_local", "constexpr", "typedef",  NULL };
    const struct nc_function *f = &k->m->functions[k->function];
    const struct nc_text *text;
    size_t name = nc_fixer_token(d->fixer, k->m->locals[f->first_local + local].loc, &text);
    const struct nc_tokens *t;
    struct nc_statement s;

    if (name == NC_NO_TOKEN)
        return false;
    t = &text->tokens;
    if (!nc_statement_of(t, name, &s) || !s.in_block || name == s.first)
        return false;
    for (size_t i = s.first; i < name; i++)
        if (!nc_token_is_word(t, i) || nc_token_is_one_of(t, i, storage))
            return false;
    for (size_t i = name; i < s.last; i++) {
        if (nc_token_is(t, i, ","))
            return false;
        if (t->items[i].partner != NC_NO_TOKEN && t->items[i].partner > i)
            i = t->items[i].partner;
    }
    nc_draft_edit(d, text, t->items[s.first].start, t->items[s.first].start, "static ");
    return true;
}

void nc_fix_static(struct nc_draft *d)
{
    struct look k = { .m = d->fixer->m, .function = NC_NONE };
    size_t before;
    bool once;

    if (!collect(d, &k))
        return;
    do { /* constants may be addresses of further locals */
        before = k.count;
        nc_each_instruction(k.m, check, &k);
    } while (!k.failed && k.count > before);
    for (size_t i = 0; i < k.count && !k.failed; i++)
        k.failed = !declare(d, &k, k.locals[i]);
    if (k.failed)
        return;
    /* What is written anew at each call may be in use since an earlier one. */
    once = strcmp(nc_string(k.m, k.m->functions[k.function].name), "DriverEntry") == 0;
    nc_draft_finish(d, !k.changes || once, "make '%s' static%s",
                    nc_string(k.m, k.m->locals[k.m->functions[k.function].first_local + k.locals[0]].name),
                    k.count > 1 ? ", and what it points at" : "");
}
