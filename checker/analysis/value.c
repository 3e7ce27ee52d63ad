/*
 * Values: ranges of symbols, arithmetic with folding, and what a branch teaches about its operands.
 */
#include <string.h>

#include "analysis/engine.h"

static const struct range everything = { .lo = INT64_MIN, .hi = INT64_MAX };

static struct range type_range(struct engine *e, nc_id type)
{
    const struct nc_type *t;

    if (type == NC_NONE || type >= e->m->types_count)
        return everything;
    t = &e->m->types[type];
    if (t->kind != NC_TY_INT || t->size == 0 || t->size >= 8)
        return everything;
    int bits = (int)t->size * 8;

    if (t->is_signed)
        return (struct range){ .lo = -((int64_t)1 << (bits - 1)), .hi = ((int64_t)1 << (bits - 1)) - 1 };
    return (struct range){ .lo = 0, .hi = ((int64_t)1 << bits) - 1 };
}

void range_exclude(struct range *r, int64_t n)
{
    if (n < r->lo || n > r->hi)
        return;
    if (n == r->lo && r->lo < r->hi) {
        r->lo++;
    } else if (n == r->hi && r->lo < r->hi) {
        r->hi--;
    } else if (r->lo == r->hi && n == r->lo) {
        r->lo = 1;
        r->hi = 0;
    } else {
        for (uint32_t i = 0; i < r->ne_count; i++)
            if (r->ne[i] == n)
                return;
        if (r->ne_count < RANGE_NE) {
            uint32_t i = r->ne_count++;

            for (; i > 0 && r->ne[i - 1] > n; i--)
                r->ne[i] = r->ne[i - 1];
            r->ne[i] = n;
        }
    }
}

static bool range_intersect(struct range *r, struct range o)
{
    struct range n = { .lo = r->lo > o.lo ? r->lo : o.lo, .hi = r->hi < o.hi ? r->hi : o.hi };

    if (n.lo > n.hi)
        return false;
    for (uint32_t i = 0; i < r->ne_count && n.lo <= n.hi; i++)
        range_exclude(&n, r->ne[i]);
    for (uint32_t i = 0; i < o.ne_count && n.lo <= n.hi; i++)
        range_exclude(&n, o.ne[i]);
    *r = n;
    return n.lo <= n.hi;
}

/* The range of an expression symbol from those of its operands, where that is simple. */
static struct range expr_range(struct engine *e, const struct state *s, const struct symbol *y)
{
    struct range r = type_range(e, y->type);

    switch (y->b) {
    case NC_EX_EQ:
    case NC_EX_NE:
    case NC_EX_LT:
    case NC_EX_LE:
    case NC_EX_GT:
    case NC_EX_GE:
    case NC_EX_LNOT: {
        /* What is known of the operands decides it, wherever that was learned. */
        int known = y->b == NC_EX_LNOT ? truth_of(e, s, y->x) : compare_vals(e, s, y->b, y->x, y->y);

        if (y->b == NC_EX_LNOT && known >= 0)
            known = !known;
        return (struct range){ .lo = known > 0, .hi = known != 0 };
    }
    case NC_EX_AND:
        if (y->y.kind == V_INT && y->y.off >= 0)
            return (struct range){ .lo = 0, .hi = y->y.off };
        return r;
    case NC_EX_CAST: {
        struct range x = range_of(e, s, y->x);

        if (x.lo >= r.lo && x.hi <= r.hi)
            return x;
        if (r.lo == 0 && r.hi == UINT32_MAX && x.lo >= INT32_MIN && x.hi < 0) /* a negative number as an unsigned one */
            return (struct range){ .lo = x.lo + (1ll << 32), .hi = x.hi + (1ll << 32) };
        return r;
    }
    case NC_EX_SHR:
        if (y->y.kind == V_INT && y->y.off >= 0 && y->y.off < 63) {
            struct range x = range_of(e, s, y->x);

            if (x.lo >= 0)
                return (struct range){ .lo = x.lo >> y->y.off, .hi = x.hi >> y->y.off };
        }
        return r;
    case NC_EX_ADD:
        if (y->y.kind == V_INT) {
            struct range x = range_of(e, s, y->x);
            struct range n = everything;

            if (!__builtin_add_overflow(x.lo, y->y.off, &n.lo) && !__builtin_add_overflow(x.hi, y->y.off, &n.hi) &&
                n.lo >= r.lo && n.hi <= r.hi)
                return n;
        }
        return r;
    case NC_EX_REM:
        if (y->y.kind == V_INT && y->y.off > 0 && range_of(e, s, y->x).lo >= 0)
            return (struct range){ .lo = 0, .hi = y->y.off - 1 };
        return r;
    default:
        return r;
    }
}

struct range range_of(struct engine *e, const struct state *s, struct val v)
{
    if (v.kind == V_INT)
        return (struct range){ .lo = v.off, .hi = v.off };
    if (v.kind == V_ADDR)
        return (struct range){ .lo = 0x10000, .hi = INT64_MAX };
    if (v.kind != V_SYM)
        return everything;
    const struct symbol *y = &e->u.symbols[v.id];
    struct range r = y->kind == SYM_EXPR ? expr_range(e, s, y) : type_range(e, y->type);

    if (y->kind == SYM_HANDLE) /* no constant of the driver's */
        r = (struct range){ .lo = 0x10000, .hi = INT64_MAX };
    if (y->flags & SYMF_NONNULL)
        range_exclude(&r, 0);
    const struct pmap *f = pmap_find(s->facts, v.id, 0);

    if (f && !range_intersect(&r, e->u.ranges[f->val.id]))
        return e->u.ranges[f->val.id];
    return r;
}

void set_range(struct engine *e, struct state *s, uint32_t symbol, struct range r)
{
    s->facts = pmap_set(e->arena, s->facts, symbol, 0, 0, (struct val){ V_META, u_range(&e->u, r), 0 });
}

bool const_of(struct engine *e, const struct state *s, struct val v, int64_t *n)
{
    struct range r;

    if (v.kind == V_INT) {
        *n = v.off;
        return true;
    }
    if (v.kind != V_SYM)
        return false;
    r = range_of(e, s, v);
    *n = r.lo;
    return r.lo == r.hi;
}

static bool range_excludes(const struct range *r, int64_t n)
{
    if (n < r->lo || n > r->hi)
        return true;
    for (uint32_t i = 0; i < r->ne_count; i++)
        if (r->ne[i] == n)
            return true;
    return false;
}

int truth_of(struct engine *e, const struct state *s, struct val v)
{
    if (v.kind == V_INT)
        return v.off != 0;
    if (v.kind == V_ADDR)
        return 1;
    if (v.kind != V_SYM)
        return -1;
    struct range r = range_of(e, s, v);

    if (range_excludes(&r, 0))
        return 1;
    return r.lo == 0 && r.hi == 0 ? 0 : -1;
}

/* Two addresses: equal, different, or not known. */
static int same_place(struct engine *e, struct val a, struct val b)
{
    const struct object *x = &e->u.objects[a.id], *y = &e->u.objects[b.id];

    if (a.id == b.id)
        return a.off == b.off;
    bool fixed_x = x->kind == OBJ_GLOBAL || x->kind == OBJ_LOCAL || x->kind == OBJ_HEAP || x->kind == OBJ_FUNC;
    bool fixed_y = y->kind == OBJ_GLOBAL || y->kind == OBJ_LOCAL || y->kind == OBJ_HEAP || y->kind == OBJ_FUNC;

    return fixed_x && fixed_y ? 0 : -1;
}

static int compare_ranges(uint32_t op, const struct range *a, const struct range *b)
{
    switch (op) {
    case NC_EX_EQ:
        if (a->lo == a->hi && b->lo == b->hi && a->lo == b->lo)
            return 1;
        if (a->hi < b->lo || b->hi < a->lo)
            return 0;
        if ((b->lo == b->hi && range_excludes(a, b->lo)) || (a->lo == a->hi && range_excludes(b, a->lo)))
            return 0;
        return -1;
    case NC_EX_LT:
        return a->hi < b->lo ? 1 : a->lo >= b->hi ? 0 : -1;
    case NC_EX_LE:
        return a->hi <= b->lo ? 1 : a->lo > b->hi ? 0 : -1;
    default:
        return -1;
    }
}

int compare_vals(struct engine *e, const struct state *s, uint32_t op, struct val a, struct val b)
{
    int r;

    switch (op) {
    case NC_EX_NE:
        r = compare_vals(e, s, NC_EX_EQ, a, b);
        return r < 0 ? r : !r;
    case NC_EX_GT:
        return compare_vals(e, s, NC_EX_LT, b, a);
    case NC_EX_GE:
        return compare_vals(e, s, NC_EX_LE, b, a);
    default:
        break;
    }
    if (a.kind == V_UNINIT || b.kind == V_UNINIT || a.kind == V_NONE || b.kind == V_NONE)
        return -1;
    if (v_same(a, b))
        return op == NC_EX_EQ || op == NC_EX_LE;
    if (a.kind == V_ADDR && b.kind == V_ADDR)
        return op == NC_EX_EQ ? same_place(e, a, b)
               : a.id == b.id ? (op == NC_EX_LT ? a.off < b.off : a.off <= b.off)
                              : -1;
    if (a.kind == V_ADDR || b.kind == V_ADDR) {
        struct val other = a.kind == V_ADDR ? b : a;

        if (other.kind == V_INT && op == NC_EX_EQ)
            return 0;
        if (op != NC_EX_EQ)
            return -1;
        struct range o = range_of(e, s, other);

        return o.lo == 0 && o.hi == 0 ? 0 : -1;
    }
    struct range x = range_of(e, s, a), y = range_of(e, s, b);

    r = compare_ranges(op, &x, &y);
    if (r >= 0)
        return r;
    /* What an earlier branch said of the same comparison. */
    for (uint32_t k = 0; k < 2; k++) {
        struct symbol q = { .kind = SYM_EXPR, .b = op, .x = k ? b : a, .y = k ? a : b, .type = NC_NONE };

        if (k && op != NC_EX_EQ)
            break;
        uint32_t id = u_symbol(&e->u, q);
        const struct pmap *f = pmap_find(s->facts, id, 0);

        if (f) {
            const struct range *g = &e->u.ranges[f->val.id];

            if (g->lo == g->hi)
                return g->lo != 0;
        }
    }
    return -1;
}

static int64_t wrap(struct engine *e, int64_t n, nc_id type)
{
    const struct nc_type *t = type < e->m->types_count ? &e->m->types[type] : NULL;

    if (!t || t->kind != NC_TY_INT || t->size == 0 || t->size >= 8)
        return n;
    int shift = 64 - (int)t->size * 8;

    return t->is_signed ? (int64_t)((uint64_t)n << shift) >> shift : (int64_t)((uint64_t)n << shift >> shift);
}

static bool is_unsigned(struct engine *e, nc_id type)
{
    return type < e->m->types_count && e->m->types[type].kind == NC_TY_INT && !e->m->types[type].is_signed;
}

static bool fold(struct engine *e, uint32_t op, int64_t a, int64_t b, nc_id type, int64_t *out)
{
    uint64_t x = (uint64_t)a, y = (uint64_t)b, r;

    switch (op) {
    case NC_EX_ADD:
        r = x + y;
        break;
    case NC_EX_SUB:
        r = x - y;
        break;
    case NC_EX_MUL:
        r = x * y;
        break;
    case NC_EX_DIV:
    case NC_EX_REM:
        if (b == 0 || (a == INT64_MIN && b == -1))
            return false;
        if (is_unsigned(e, type))
            r = op == NC_EX_DIV ? x / y : x % y;
        else
            r = (uint64_t)(op == NC_EX_DIV ? a / b : a % b);
        break;
    case NC_EX_AND:
        r = x & y;
        break;
    case NC_EX_OR:
        r = x | y;
        break;
    case NC_EX_XOR:
        r = x ^ y;
        break;
    case NC_EX_SHL:
        if (b < 0 || b > 63)
            return false;
        r = x << b;
        break;
    case NC_EX_SHR:
        if (b < 0 || b > 63)
            return false;
        r = is_unsigned(e, type) ? x >> b : (uint64_t)(a >> b);
        break;
    default:
        return false;
    }
    *out = wrap(e, (int64_t)r, type);
    return true;
}

struct val binary(struct engine *e, const struct state *s, uint32_t op, struct val a, struct val b, nc_id type)
{
    int64_t n;

    if (op >= NC_EX_EQ && op <= NC_EX_GE) {
        int t = compare_vals(e, s, op, a, b);

        if (t >= 0)
            return v_int(t);
        /* Canonical forms, so that the same test is the same symbol: only EQ, LT, LE; a negation is LNOT of it. */
        if (op == NC_EX_GT || op == NC_EX_GE)
            return binary(e, s, op == NC_EX_GT ? NC_EX_LT : NC_EX_LE, b, a, type);
        if (op == NC_EX_NE) {
            struct val q = binary(e, s, NC_EX_EQ, a, b, type);

            return v_sym(
                u_symbol(&e->u, (struct symbol){ .kind = SYM_EXPR, .b = NC_EX_LNOT, .x = q, .type = NC_NONE }));
        }
        return v_sym(u_symbol(&e->u, (struct symbol){ .kind = SYM_EXPR, .b = op, .x = a, .y = b, .type = NC_NONE }));
    }
    int64_t ca = 0, cb = 0;
    bool ka = const_of(e, s, a, &ca), kb = const_of(e, s, b, &cb);

    if (ka)
        a = v_int(ca);
    if (kb)
        b = v_int(cb);
    if (ka && kb && fold(e, op, ca, cb, type, &n))
        return v_int(n);
    if (op == NC_EX_SUB && a.kind == V_ADDR && b.kind == V_ADDR && a.id == b.id)
        return v_int((a.off - b.off) / 8);
    if (kb && (op == NC_EX_ADD || op == NC_EX_SUB) && a.kind == V_ADDR)
        return normal_addr(e, a.id, op == NC_EX_ADD ? a.off + cb * 8 : a.off - cb * 8);
    if (kb && cb == 0 &&
        (op == NC_EX_ADD || op == NC_EX_SUB || op == NC_EX_OR || op == NC_EX_XOR || op == NC_EX_SHL || op == NC_EX_SHR))
        return a;
    if (ka && ca == 0 && (op == NC_EX_ADD || op == NC_EX_OR || op == NC_EX_XOR))
        return b;
    if ((op == NC_EX_AND || op == NC_EX_MUL) && ((ka && ca == 0) || (kb && cb == 0)))
        return v_int(0);
    if (op == NC_EX_AND && a.kind == V_ADDR && kb)
        return v_sym(u_symbol(&e->u, (struct symbol){ .kind = SYM_EXPR, .b = op, .x = a, .y = b, .type = type }));
    if (op == NC_EX_SUB && kb && cb != INT64_MIN) { /* x - c is x + -c */
        op = NC_EX_ADD;
        b = v_int(-cb);
    }
    if (ka && (op == NC_EX_ADD || op == NC_EX_AND || op == NC_EX_OR || op == NC_EX_MUL || op == NC_EX_XOR)) {
        struct val t = a;

        a = b;
        b = t;
    }
    if (op == NC_EX_ADD && b.kind == V_INT && a.kind == V_SYM) { /* (x + c) + d */
        const struct symbol y = e->u.symbols[a.id];

        if (y.kind == SYM_EXPR && y.b == NC_EX_ADD && y.y.kind == V_INT) {
            b = v_int(wrap(e, y.y.off + b.off, type));
            a = y.x;
            if (b.off == 0)
                return a;
        }
    }
    return v_sym(u_symbol(&e->u, (struct symbol){ .kind = SYM_EXPR, .b = op, .x = a, .y = b, .type = type }));
}

struct val cast_val(struct engine *e, const struct state *s, struct val v, nc_id type)
{
    if (type >= e->m->types_count)
        return v;
    const struct nc_type *t = &e->m->types[type];

    if (t->kind != NC_TY_INT)
        return v;
    if (v.kind == V_INT)
        return v_int(wrap(e, v.off, type));
    if (v.kind != V_SYM || t->size >= 8)
        return v;
    struct range r = range_of(e, s, v), w = type_range(e, type);

    if (r.lo >= w.lo && r.hi <= w.hi)
        return v;
    const struct symbol *y = &e->u.symbols[v.id];

    /* A value and its conversions between signed and unsigned of the same size are kept as one cast. */
    if (y->kind == SYM_EXPR && y->b == NC_EX_CAST && y->type == type)
        return v;
    return v_sym(
        u_symbol(&e->u, (struct symbol){ .kind = SYM_EXPR, .b = NC_EX_CAST, .a = type, .x = v, .type = type }));
}

static bool narrow(struct engine *e, struct state *s, struct val v, struct range want);

/* The symbol's own fact, and what follows for what it was made of. */
static bool narrow_symbol(struct engine *e, struct state *s, uint32_t id, struct range want)
{
    struct range r = range_of(e, s, v_sym(id));
    struct symbol y = e->u.symbols[id];

    if (!range_intersect(&r, want))
        return false;
    set_range(e, s, id, r);
    if (y.kind != SYM_EXPR)
        return true;
    if (y.b == NC_EX_ADD && y.y.kind == V_INT) {
        struct range x = r;

        if (__builtin_sub_overflow(r.lo, y.y.off, &x.lo) || __builtin_sub_overflow(r.hi, y.y.off, &x.hi))
            return true;
        for (uint32_t i = 0; i < x.ne_count; i++)
            x.ne[i] -= y.y.off;
        struct range old = range_of(e, s, y.x);

        /* Only where no wrap-around can stand behind it. */
        struct range t = type_range(e, y.type);
        int64_t lo, hi;

        if (__builtin_add_overflow(old.lo, y.y.off, &lo) || __builtin_add_overflow(old.hi, y.y.off, &hi) || lo < t.lo ||
            hi > t.hi)
            return true;
        return narrow(e, s, y.x, x);
    }
    if (y.b == NC_EX_CAST) {
        struct range old = range_of(e, s, y.x), t = type_range(e, y.type);

        if (old.lo >= t.lo && old.hi <= t.hi)
            return narrow(e, s, y.x, r);
        /* A truth value through a narrow type: zero stays zero, and not zero stays not zero. */
        if (range_excludes(&r, 0)) {
            struct range nz = old;

            range_exclude(&nz, 0);
            return nz.lo <= nz.hi && narrow(e, s, y.x, nz);
        }
    }
    if (y.b == NC_EX_AND && y.y.kind == V_INT && range_excludes(&r, 0)) {
        struct range nz = range_of(e, s, y.x);

        range_exclude(&nz, 0);
        return nz.lo <= nz.hi && narrow(e, s, y.x, nz);
    }
    return true;
}

static bool narrow(struct engine *e, struct state *s, struct val v, struct range want)
{
    switch (v.kind) {
    case V_INT:
        return !range_excludes(&want, v.off);
    case V_ADDR:
        return !(want.lo == 0 && want.hi == 0);
    case V_SYM: {
        const struct symbol *y = &e->u.symbols[v.id];

        if (y->kind == SYM_EXPR && ((y->b >= NC_EX_EQ && y->b <= NC_EX_GE) || y->b == NC_EX_LNOT)) {
            if (range_excludes(&want, 0))
                return assume(e, s, v, true);
            if (range_excludes(&want, 1))
                return assume(e, s, v, false);
            return true;
        }
        return narrow_symbol(e, s, v.id, want);
    }
    default:
        return true;
    }
}

static bool is_unclear_status(struct engine *e, struct val v, const struct range *r)
{
    if (v.kind != V_SYM || r->lo >= 0 || r->hi <= 0 || !range_excludes(r, 0))
        return false;
    const struct symbol *y = &e->u.symbols[v.id];

    return y->kind == SYM_FRESH && y->b < e->m->insts_count && e->m->insts[y->b].op == NC_IN_CALL &&
           type_bits(e, y->type) == 32 && e->m->types[y->type].is_signed;
}

bool assume_compare(struct engine *e, struct state *s, uint32_t op, struct val a, struct val b)
{
    struct range x, y;

    switch (op) {
    case NC_EX_GT:
        return assume_compare(e, s, NC_EX_LT, b, a);
    case NC_EX_GE:
        return assume_compare(e, s, NC_EX_LE, b, a);
    default:
        break;
    }
    int known = compare_vals(e, s, op, a, b);

    if (known >= 0)
        return known;
    x = range_of(e, s, a);
    y = range_of(e, s, b);
    /* A status of a call that was found not to be STATUS_SUCCESS is a failure where it is asked for success or failure;
     * the few other successes are asked for by name. */
    if (op == NC_EX_LE && a.kind == V_INT && a.off == 0 && is_unclear_status(e, b, &y))
        return false;
    switch (op) {
    case NC_EX_EQ:
        /* A pointer that is found equal to an address is that address for NULL tests only. */
        if (a.kind == V_ADDR || b.kind == V_ADDR) {
            struct val o = a.kind == V_ADDR ? b : a;
            struct range nz = range_of(e, s, o);

            range_exclude(&nz, 0);
            return nz.lo <= nz.hi && (o.kind != V_SYM || narrow(e, s, o, nz));
        }
        return narrow(e, s, a, y) && narrow(e, s, b, x);
    case NC_EX_NE:
        if (b.kind == V_INT || y.lo == y.hi) {
            range_exclude(&x, y.lo);
            return x.lo <= x.hi && narrow(e, s, a, x);
        }
        if (a.kind == V_INT || x.lo == x.hi) {
            range_exclude(&y, x.lo);
            return y.lo <= y.hi && narrow(e, s, b, y);
        }
        return true;
    case NC_EX_LT:
    case NC_EX_LE: {
        int64_t strict = op == NC_EX_LT;
        struct range wa = everything, wb = everything;

        if (y.hi != INT64_MIN)
            wa.hi = y.hi - (y.hi == INT64_MAX ? 0 : strict);
        if (x.lo != INT64_MAX)
            wb.lo = x.lo + (x.lo == INT64_MIN ? 0 : strict);
        return narrow(e, s, a, wa) && narrow(e, s, b, wb);
    }
    default:
        return true;
    }
}

static uint32_t negated(uint32_t op)
{
    switch (op) {
    case NC_EX_EQ:
        return NC_EX_NE;
    case NC_EX_NE:
        return NC_EX_EQ;
    case NC_EX_LT:
        return NC_EX_GE;
    case NC_EX_LE:
        return NC_EX_GT;
    case NC_EX_GT:
        return NC_EX_LE;
    default:
        return NC_EX_LT;
    }
}

bool assume(struct engine *e, struct state *s, struct val v, bool truth)
{
    int known = truth_of(e, s, v);

    if (known >= 0)
        return known == truth;
    if (v.kind != V_SYM)
        return true;
    struct symbol y = e->u.symbols[v.id];

    if (y.kind == SYM_EXPR && y.b == NC_EX_LNOT)
        return assume(e, s, y.x, !truth);
    if (y.kind == SYM_EXPR && y.b >= NC_EX_EQ && y.b <= NC_EX_GE) {
        if (!assume_compare(e, s, truth ? y.b : negated(y.b), y.x, y.y))
            return false;
        set_range(e, s, v.id, (struct range){ .lo = truth, .hi = truth });
        return true;
    }
    struct range want = { .lo = 0, .hi = 0 };

    if (truth) {
        want = range_of(e, s, v);
        range_exclude(&want, 0);
        if (want.lo > want.hi)
            return false;
    }
    return narrow_symbol(e, s, v.id, want);
}
