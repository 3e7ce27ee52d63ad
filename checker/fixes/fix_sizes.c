/*
 * nmr-bad-characteristics: Length, ...RegistrationInstance.Size and ModuleId.Length are sizeof what they stand in.
 * Where the wrong value is written, it is replaced; where nothing is written, it is added.
 */
#include <string.h>

#include "fixes/draft.h"
#include "fixes/objects.h"
#include "support/arena.h"

struct member {
    struct nc_object object; /* the member */
    const char *path;        /* from the variable's name: ".Length" */
    const char *name;        /* of the member itself */
    const char *type;        /* it is sizeof(type) */
    int64_t value;
};

struct writes {
    const struct nc_module *m;
    const struct nc_object *object;
    size_t count;
    nc_id inst;  /* the last store */
    nc_id whole; /* an instruction that writes the variable as a whole */
};

static bool find_write(void *user, nc_id function, nc_id inst)
{
    struct writes *w = user;
    const struct nc_inst *i = &w->m->insts[inst];
    struct nc_object target;

    if ((i->op != NC_IN_STORE && i->op != NC_IN_COPY) || !nc_object_of(w->m, function, i->a, &target) ||
        !nc_object_same_variable(&target, w->object))
        return true;
    if (i->op == NC_IN_COPY) {
        w->whole = inst;
    } else if (target.offset == w->object->offset) {
        w->count++;
        w->inst = inst;
    }
    return true;
}

static const struct nc_init *find_init(const struct nc_module *m, const struct nc_object *o)
{
    const struct nc_global *g = o->kind == NC_OBJECT_GLOBAL ? &m->globals[o->id] : NULL;

    for (nc_id i = 0; g && i < g->init_count; i++)
        if (m->inits[g->first_init + i].offset == o->offset)
            return &m->inits[g->first_init + i];
    return NULL;
}

static bool int_value(const struct nc_module *m, nc_id expr, int64_t *value)
{
    expr = nc_expr_strip(m, expr);
    if (expr == NC_NONE || m->exprs[expr].op != NC_EX_INT)
        return false;
    *value = m->exprs[expr].value;
    return true;
}

/* From the first token of an expression to its last one, at the ',' '}' or ';' behind it. */
static size_t expression_end(const struct nc_tokens *t, size_t first)
{
    for (size_t i = first; i < t->count; i++) {
        if (t->items[i].kind == NC_TOKEN_DIRECTIVE)
            return NC_NO_TOKEN;
        if (nc_token_is_one_of(t, i, (const char *const[]){ ",", "}", ";", NULL }))
            return i > first ? i - 1 : NC_NO_TOKEN;
        if (t->items[i].partner != NC_NO_TOKEN && t->items[i].partner > i)
            i = t->items[i].partner;
    }
    return NC_NO_TOKEN;
}

static bool replace_expression(struct nc_draft *d, const struct nc_text *text, size_t first, const char *type)
{
    const struct nc_tokens *t = &text->tokens;
    size_t last = expression_end(t, first);

    if (last == NC_NO_TOKEN)
        return false;
    nc_draft_edit(d, text, t->items[first].start, t->items[last].start + t->items[last].length, "sizeof(%s)", type);
    return true;
}

/* variable.member = VALUE; */
static bool replace_store(struct nc_draft *d, const struct member *member, nc_id inst)
{
    const struct nc_text *text;
    size_t token = nc_fixer_token(d->fixer, d->fixer->m->insts[inst].loc, &text);
    struct nc_statement s;

    if (token == NC_NO_TOKEN || !nc_statement_of(&text->tokens, token, &s))
        return false;
    for (size_t i = s.first; i < s.last; i++)
        if (nc_token_is(&text->tokens, i, "="))
            return i > s.first && nc_token_is(&text->tokens, i - 1, member->name) &&
                   replace_expression(d, text, i + 1, member->type);
    return false;
}

static bool is_first_on_line(const struct nc_tokens *t, size_t token)
{
    size_t at = t->items[token].start;

    while (at > 0 && (t->text[at - 1] == ' ' || t->text[at - 1] == '\t'))
        at--;
    return at == 0 || t->text[at - 1] == '\n';
}

/* In an initialiser that names its members: in the order of their declaration, which C++ wants, so behind the Version,
 * which is the first one. `prefix` is "ClientRegistrationInstance." among members that are named so, else "". */
static bool insert_designator(struct nc_draft *d, const struct nc_text *text, size_t brace, const struct member *member,
                              const char *prefix)
{
    const struct nc_tokens *t = &text->tokens;
    size_t first = brace + 1, name, last;
    const char *designator;

    if (!nc_token_is(t, first, "."))
        return false;
    while (*prefix && !(nc_token_is(t, first + 2, ".") &&
                        strncmp(t->text + t->items[first + 1].start, prefix, t->items[first + 1].length) == 0)) {
        last = expression_end(t, first);
        if (last == NC_NO_TOKEN || !nc_token_is(t, last + 1, ",") || !nc_token_is(t, last + 2, "."))
            return false;
        first = last + 2;
    }
    designator = nc_arena_printf(d->fixer->arena, ".%s%s = sizeof(%s),", prefix, member->name, member->type);
    name = *prefix ? first + 3 : first + 1;
    if (nc_token_is(t, name, "Version")) {
        last = expression_end(t, first);
        if (last == NC_NO_TOKEN || !nc_token_is(t, last + 1, ","))
            return false;
        if (is_first_on_line(t, first) && is_first_on_line(t, last + 2))
            nc_draft_lines_after(d, text, first, last + 1, designator);
        else
            nc_draft_edit(d, text, t->items[last + 1].start + 1, t->items[last + 1].start + 1, " %s", designator);
    } else if (is_first_on_line(t, first)) {
        nc_draft_lines_before(d, text, first, designator);
    } else {
        nc_draft_edit(d, text, t->items[first].start, t->items[first].start, "%s ", designator);
    }
    return true;
}

/* The '{' of a global's initialiser. */
static size_t initialiser(struct nc_draft *d, const struct nc_object *o, const struct nc_text **text)
{
    const struct nc_global *g = &d->fixer->m->globals[o->id];
    size_t name = nc_fixer_token(d->fixer, g->loc, text);

    if (name == NC_NO_TOKEN || !nc_token_is(&(*text)->tokens, name + 1, "=") ||
        !nc_token_is(&(*text)->tokens, name + 2, "{"))
        return NC_NO_TOKEN;
    return name + 2;
}

static bool add_to_initialiser(struct nc_draft *d, const struct member *member)
{
    const struct nc_text *text;
    size_t brace = initialiser(d, &member->object, &text), dot = NC_NO_TOKEN;
    const struct nc_tokens *t;
    const char *prefix = "", *word;

    if (brace == NC_NO_TOKEN)
        return false;
    t = &text->tokens;
    if (strcmp(member->name, member->path + 1) != 0) {
        /* in the braces of ".ClientRegistrationInstance = {", or beside ".ClientRegistrationInstance.NpiId" */
        prefix = nc_arena_printf(d->fixer->arena, "%.*s", (int)(strlen(member->path) - strlen(member->name) - 1),
                                 member->path + 1);
        word = nc_arena_printf(d->fixer->arena, "%.*s", (int)strlen(prefix) - 1, prefix);
        for (size_t i = brace + 1; i < t->items[brace].partner; i++)
            if (nc_token_is(t, i, ".") && nc_token_is(t, i + 1, word) && nc_token_is(t, i + 2, "=") &&
                nc_token_is(t, i + 3, "{"))
                dot = i + 3;
        if (dot != NC_NO_TOKEN) {
            brace = dot;
            prefix = "";
        }
    }
    return insert_designator(d, text, brace, member, prefix);
}

/* variable.member = sizeof(...); in front of the register call */
static bool add_store(struct nc_draft *d, const struct member *member)
{
    const struct nc_module *m = d->fixer->m;
    struct nc_statement s;
    struct nc_call call;
    size_t at;

    if (member->object.kind == NC_OBJECT_GLOBAL && (m->globals[member->object.id].flags & NC_GL_CONST))
        return false;
    if (!nc_call_at(d->t, d->token, &call) || call.arg_count == 0 || !nc_statement_of(d->t, d->token, &s) ||
        !s.in_block)
        return false;
    at = call.args[0];
    if (!nc_token_is(d->t, at, "&") || !nc_is_plain_expression(d->t, at + 1, call.arg_ends[0]))
        return false;
    nc_draft_lines_before(d, d->text, s.first,
                          nc_arena_printf(d->fixer->arena, "%s%s = sizeof(%s);",
                                          nc_draft_source(d, d->text, at + 1, call.arg_ends[0] - 1), member->path,
                                          member->type));
    return true;
}

/* A macro that expands to several elements of an initialiser. */
static bool stands_for_several(const struct nc_module *m, const struct nc_init *init)
{
    const struct nc_loc *l = init->loc == NC_NONE ? NULL : &m->locs[init->loc];

    for (nc_id i = 0; l && l->macro && i < m->inits_count; i++) {
        const struct nc_loc *other = m->inits[i].loc == NC_NONE ? NULL : &m->locs[m->inits[i].loc];

        if (&m->inits[i] != init && other && other->file == l->file && other->line == l->line && other->col == l->col)
            return true;
    }
    return false;
}

/* True when an edit sets the member right. */
static bool set(struct nc_draft *d, const struct member *member, bool may_store)
{
    const struct nc_module *m = d->fixer->m;
    struct writes w = { .m = m, .object = &member->object, .whole = NC_NONE };
    const struct nc_init *init = find_init(m, &member->object);
    bool initialised = member->object.kind == NC_OBJECT_GLOBAL && m->globals[member->object.id].init_count > 0;
    int64_t value = 0;

    nc_each_instruction(m, find_write, &w);
    if (w.count > 1)
        return false;
    if (w.count == 1) {
        if (!int_value(m, m->insts[w.inst].b, &value))
            return false;
        if (value != member->value)
            return replace_store(d, member, w.inst);
        /* Right, and yet the finding is there: it is zeroed afterwards. */
        return may_store && w.whole == NC_NONE && add_store(d, member);
    }
    if (w.whole != NC_NONE)
        return false;
    if (init) {
        const struct nc_text *text;
        size_t token;

        if (!int_value(m, init->expr, &value))
            return false;
        if (value == member->value)
            return may_store && add_store(d, member);
        if (stands_for_several(m, init))
            return false;
        token = nc_fixer_expanded_token(d->fixer, init->loc, &text);
        return token != NC_NO_TOKEN && replace_expression(d, text, token, member->type);
    }
    return (initialised && add_to_initialiser(d, member)) || (may_store && add_store(d, member));
}

/* The module id that the characteristics point at, when it is a variable. */
static bool find_module_id(struct nc_draft *d, nc_id function, const struct nc_object *at, struct nc_object *module)
{
    const struct nc_module *m = d->fixer->m;
    struct writes w = { .m = m, .object = at, .whole = NC_NONE };
    const struct nc_init *init = find_init(m, at);

    nc_each_instruction(m, find_write, &w);
    if (w.count == 1)
        return nc_object_of(m, function, m->insts[w.inst].b, module) && module->kind == NC_OBJECT_GLOBAL;
    return w.count == 0 && init && nc_object_of(m, function, init->expr, module);
}

/* Does the finding say that of this member? */
static bool is_named(const struct nc_finding *finding, const char *name)
{
    size_t n = strlen(name);

    for (const char *at = finding->message; (at = strstr(at, name)) != NULL; at += n)
        if (at > finding->message && at[-1] == ' ' && strncmp(at + n, " is ", 4) == 0)
            return true;
    return false;
}

struct places {
    nc_id record, instance, module; /* types */
    uint64_t length, at_instance, size, module_id, module_length;
    const char *type, *instance_name;
};

static bool find_places(const struct nc_module *m, bool client, struct places *p)
{
    nc_id ignored;

    p->type = client ? "NPI_CLIENT_CHARACTERISTICS" : "NPI_PROVIDER_CHARACTERISTICS";
    p->instance_name = client ? "ClientRegistrationInstance" : "ProviderRegistrationInstance";
    p->record = nc_record_find(m, p->type);
    p->module = nc_record_find(m, "NPI_MODULEID");
    return nc_member_offset(m, p->record, "Length", &p->length, &ignored) &&
           nc_member_offset(m, p->record, p->instance_name, &p->at_instance, &p->instance) &&
           nc_member_offset(m, p->instance, "Size", &p->size, &ignored) &&
           nc_member_offset(m, p->instance, "ModuleId", &p->module_id, &ignored) &&
           nc_member_offset(m, p->module, "Length", &p->module_length, &ignored);
}

/* The members that the finding names. */
static size_t list_members(struct nc_draft *d, nc_id function, const struct nc_object *object, const struct places *p,
                           struct member members[3])
{
    const struct nc_module *m = d->fixer->m;
    const char *path = nc_arena_printf(d->fixer->arena, ".%s.Size", p->instance_name);
    size_t count = 0;

    if (is_named(d->finding, "Length")) {
        members[count] = (struct member){ *object, ".Length", "Length", p->type, (int64_t)m->types[p->record].size };
        members[count++].object.offset += p->length;
    }
    if (is_named(d->finding, path + 1)) {
        members[count] =
            (struct member){ *object, path, "Size", "NPI_REGISTRATION_INSTANCE", (int64_t)m->types[p->instance].size };
        members[count++].object.offset += p->at_instance + p->size;
    }
    if (is_named(d->finding, "ModuleId.Length")) {
        struct nc_object at = *object, module;

        at.offset += p->at_instance + p->module_id;
        if (!find_module_id(d, function, &at, &module))
            return 0;
        members[count] =
            (struct member){ module, ".Length", "Length", "NPI_MODULEID", (int64_t)m->types[p->module].size };
        members[count++].object.offset += p->module_length;
    }
    return count;
}

void nc_fix_sizes(struct nc_draft *d)
{
    const struct nc_module *m = d->fixer->m;
    bool client = nc_token_is(d->t, d->token, "NmrRegisterClient");
    struct nc_object object;
    struct member members[3];
    struct places places;
    const char *title = "";
    nc_id function, inst;
    size_t count;

    if ((!client && !nc_token_is(d->t, d->token, "NmrRegisterProvider")) || !find_places(m, client, &places) ||
        strstr(d->finding->message, " is NULL")) /* then more than a size is missing */
        return;
    inst = nc_draft_instruction(d, NC_IN_CALL, &function);
    if (inst == NC_NONE || m->insts[inst].arg_count < 3 ||
        !nc_object_of(m, function, m->args[m->insts[inst].c], &object))
        return;
    count = list_members(d, function, &object, &places, members);
    for (size_t i = 0; i < count; i++) {
        if (!set(d, &members[i], strcmp(members[i].type, "NPI_MODULEID") != 0))
            return;
        title = nc_arena_printf(d->fixer->arena, "%s%sset %s to sizeof(%s)", title, *title ? ", " : "",
                                members[i].path + 1, members[i].type);
    }
    if (count > 0)
        nc_draft_finish(d, true, "%s", title);
}
