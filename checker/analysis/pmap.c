#include "analysis/pmap.h"

#include "support/arena.h"

uint64_t nc_mix(uint64_t h, uint64_t v)
{
    h ^= v + 0x9e3779b97f4a7c15u + (h << 6) + (h >> 2);
    h ^= h >> 33;
    h *= 0xff51afd7ed558ccdu;
    h ^= h >> 29;
    h *= 0xc4ceb9fe1a85ec53u;
    return h ^ (h >> 32);
}

static uint64_t priority(uint32_t obj, int64_t off) { return nc_mix(nc_mix(0x51ed27, obj), (uint64_t)off); }

static int compare(uint32_t obj, int64_t off, const struct pmap *m)
{
    if (obj != m->obj)
        return obj < m->obj ? -1 : 1;
    if (off != m->off)
        return off < m->off ? -1 : 1;
    return 0;
}

static uint64_t entry_hash(uint32_t obj, int64_t off, uint64_t size, struct val v)
{
    uint64_t h = nc_mix(nc_mix(1, obj), (uint64_t)off);

    h = nc_mix(h, size);
    h = nc_mix(h, (uint64_t)v.kind << 32 | v.id);
    return nc_mix(h, (uint64_t)v.off);
}

static const struct pmap *node(struct nc_arena *a, const struct pmap *like, const struct pmap *left,
                               const struct pmap *right)
{
    struct pmap *n = nc_arena_take(a, sizeof *n);

    *n = *like;
    n->left = left;
    n->right = right;
    n->count = 1 + pmap_count(left) + pmap_count(right);
    n->hash = n->own + pmap_hash(left) + pmap_hash(right);
    return n;
}

const struct pmap *pmap_find(const struct pmap *m, uint32_t obj, int64_t off)
{
    while (m) {
        int c = compare(obj, off, m);

        if (c == 0)
            return m;
        m = c < 0 ? m->left : m->right;
    }
    return NULL;
}

const struct pmap *pmap_floor(const struct pmap *m, uint32_t obj, int64_t off)
{
    const struct pmap *best = NULL;

    while (m) {
        int c = compare(obj, off, m);

        if (c == 0)
            return m;
        if (c < 0) {
            m = m->left;
        } else {
            best = m;
            m = m->right;
        }
    }
    return best;
}

const struct pmap *pmap_ceiling(const struct pmap *m, uint32_t obj, int64_t off)
{
    const struct pmap *best = NULL;

    while (m) {
        int c = compare(obj, off, m);

        if (c == 0)
            return m;
        if (c > 0) {
            m = m->right;
        } else {
            best = m;
            m = m->left;
        }
    }
    return best;
}

/* Splits m (which does not hold the key) into the entries below and above the key. */
static void split(struct nc_arena *a, const struct pmap *m, uint32_t obj, int64_t off, const struct pmap **below,
                  const struct pmap **above)
{
    if (!m) {
        *below = *above = NULL;
    } else if (compare(obj, off, m) < 0) {
        const struct pmap *l;

        split(a, m->left, obj, off, below, &l);
        *above = node(a, m, l, m->right);
    } else {
        const struct pmap *r;

        split(a, m->right, obj, off, &r, above);
        *below = node(a, m, m->left, r);
    }
}

static const struct pmap *insert(struct nc_arena *a, const struct pmap *m, const struct pmap *fresh)
{
    if (!m || fresh->prio > m->prio) {
        const struct pmap *below, *above;

        split(a, m, fresh->obj, fresh->off, &below, &above);
        return node(a, fresh, below, above);
    }
    if (compare(fresh->obj, fresh->off, m) < 0)
        return node(a, m, insert(a, m->left, fresh), m->right);
    return node(a, m, m->left, insert(a, m->right, fresh));
}

static const struct pmap *replace(struct nc_arena *a, const struct pmap *m, const struct pmap *fresh)
{
    int c = compare(fresh->obj, fresh->off, m);

    if (c == 0)
        return node(a, fresh, m->left, m->right);
    return c < 0 ? node(a, m, replace(a, m->left, fresh), m->right) : node(a, m, m->left, replace(a, m->right, fresh));
}

const struct pmap *pmap_set(struct nc_arena *a, const struct pmap *m, uint32_t obj, int64_t off, uint64_t size,
                            struct val val)
{
    const struct pmap *old = pmap_find(m, obj, off);
    struct pmap fresh = { .obj = obj, .off = off, .size = size, .val = val, .own = entry_hash(obj, off, size, val) };

    if (old) {
        fresh.prio = old->prio;
        return old->own == fresh.own ? m : replace(a, m, &fresh);
    }
    fresh.prio = priority(obj, off);
    return insert(a, m, &fresh);
}

static const struct pmap *join(struct nc_arena *a, const struct pmap *l, const struct pmap *r)
{
    if (!l)
        return r;
    if (!r)
        return l;
    if (l->prio > r->prio)
        return node(a, l, l->left, join(a, l->right, r));
    return node(a, r, join(a, l, r->left), r->right);
}

static const struct pmap *take_out(struct nc_arena *a, const struct pmap *m, uint32_t obj, int64_t off)
{
    int c = compare(obj, off, m);

    if (c == 0)
        return join(a, m->left, m->right);
    return c < 0 ? node(a, m, take_out(a, m->left, obj, off), m->right)
                 : node(a, m, m->left, take_out(a, m->right, obj, off));
}

const struct pmap *pmap_remove(struct nc_arena *a, const struct pmap *m, uint32_t obj, int64_t off)
{
    return pmap_find(m, obj, off) ? take_out(a, m, obj, off) : m;
}

const struct pmap *pmap_remove_range(struct nc_arena *a, const struct pmap *m, uint32_t obj, int64_t lo, int64_t hi)
{
    for (;;) {
        const struct pmap *e = pmap_ceiling(m, obj, lo);

        if (!e || e->obj != obj || e->off >= hi)
            return m;
        m = take_out(a, m, obj, e->off);
    }
}

const struct pmap *pmap_filter(struct nc_arena *a, const struct pmap *m,
                               bool (*keep)(void *user, const struct pmap *entry), void *user)
{
    if (!m)
        return NULL;
    const struct pmap *l = pmap_filter(a, m->left, keep, user), *r = pmap_filter(a, m->right, keep, user);

    if (!keep(user, m))
        return join(a, l, r);
    return l == m->left && r == m->right ? m : node(a, m, l, r);
}

bool pmap_each(const struct pmap *m, bool (*f)(void *user, const struct pmap *entry), void *user)
{
    for (; m; m = m->right) {
        if (!pmap_each(m->left, f, user) || !f(user, m))
            return false;
    }
    return true;
}

const struct pmap *pmap_keep(struct nc_arena *to, const struct nc_arena *from, const struct pmap *m)
{
    if (!m || !nc_arena_owns(from, m))
        return m;
    const struct pmap *l = pmap_keep(to, from, m->left);

    return node(to, m, l, pmap_keep(to, from, m->right));
}

/* The entries of a map between two keys, ends excluded; lo or hi NULL: open. */
struct span {
    const struct pmap *lo, *hi; /* entries whose keys bound it */
};

static bool below(const struct pmap *a, const struct pmap *b) { return compare(a->obj, a->off, b) < 0; }

/* The topmost entry inside the span: the root of what a treap of just these entries would be. */
static const struct pmap *top(const struct pmap *m, const struct span *s)
{
    while (m) {
        if (s->lo && !below(s->lo, m))
            m = m->right;
        else if (s->hi && !below(m, s->hi))
            m = m->left;
        else
            break;
    }
    return m;
}

struct differ {
    void (*f)(void *user, const struct pmap *a, const struct pmap *b);
    void *user;
};

/* Both maps have the shape that their keys give them: where the topmost keys differ, the one of higher priority is
 * missing in the other map. Equal nodes in equal spans are equal content. */
static void diff(const struct differ *d, const struct pmap *a, const struct pmap *b, struct span s)
{
    for (;;) {
        a = top(a, &s);
        b = top(b, &s);
        if (a == b)
            return;
        const struct pmap *root = !b || (a && a->prio >= b->prio) ? a : b;
        bool in_a = a && compare(root->obj, root->off, a) == 0, in_b = b && compare(root->obj, root->off, b) == 0;
        struct span left = { s.lo, root }, right = { root, s.hi };

        diff(d, in_a ? a->left : a, in_b ? b->left : b, left);
        if (!in_a || !in_b || a->own != b->own)
            d->f(d->user, in_a ? a : NULL, in_b ? b : NULL);
        a = in_a ? a->right : a;
        b = in_b ? b->right : b;
        s = right;
    }
}

void pmap_diff(const struct pmap *a, const struct pmap *b,
               void (*f)(void *user, const struct pmap *a, const struct pmap *b), void *user)
{
    struct differ d = { f, user };

    if (a != b && !(pmap_hash(a) == pmap_hash(b) && pmap_count(a) == pmap_count(b)))
        diff(&d, a, b, (struct span){ NULL, NULL });
}
