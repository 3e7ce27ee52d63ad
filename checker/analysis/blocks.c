/*
 * The blocks of a function: who follows whom, reverse post-order, loops, and the order in which execution takes them.
 */
#include <stdlib.h>
#include <string.h>

#include "analysis/engine.h"

uint32_t block_successors(const struct nc_module *m, const struct nc_function *f, uint32_t b, uint32_t *out,
                          uint32_t cap)
{
    const struct nc_block *k = &m->blocks[f->first_block + b];
    uint32_t n = 0;

    switch ((enum nc_term)k->term) {
    case NC_TERM_JUMP:
        out[n++] = k->succ[0];
        break;
    case NC_TERM_BRANCH:
    case NC_TERM_EXCEPTION:
        out[n++] = k->succ[0];
        out[n++] = k->succ[1];
        break;
    case NC_TERM_SWITCH:
        out[n++] = k->succ[0];
        for (uint32_t i = 0; i < k->case_count && n < cap; i++)
            out[n++] = m->cases[k->first_case + i].target;
        break;
    default:
        break;
    }
    return n;
}

struct walk {
    struct engine *e;
    const struct nc_function *f;
    struct fn_info *info;
    uint8_t *colour;
    uint32_t *post;
    uint32_t post_count;
};

/* Depth first with an own stack: functions may have tens of thousands of blocks. */
static void depth_first(struct walk *w)
{
    uint32_t n = w->f->block_count, top = 0;
    struct step {
        uint32_t block, next;
    } *stack = nc_xmalloc(sizeof *stack * (n + 1));
    uint32_t cap = 8;

    for (uint32_t b = 0; b < n; b++) {
        uint32_t c = w->e->m->blocks[w->f->first_block + b].case_count + 2;

        if (c > cap)
            cap = c;
    }
    uint32_t *succ = nc_xmalloc(sizeof *succ * cap);

    stack[top++] = (struct step){ 0, 0 };
    w->colour[0] = 1;
    while (top) {
        struct step *t = &stack[top - 1];
        uint32_t k = block_successors(w->e->m, w->f, t->block, succ, cap);

        if (t->next == k) {
            w->colour[t->block] = 2;
            w->post[w->post_count++] = t->block;
            top--;
            continue;
        }
        uint32_t to = succ[t->next++];

        if (w->colour[to] == 1) {
            w->info->block_flags[to] |= BF_LOOP_HEAD;
        } else if (!w->colour[to]) {
            w->colour[to] = 1;
            stack[top++] = (struct step){ to, 0 };
        }
    }
    free(stack);
    free(succ);
}

#define NESTING 8

struct place { /* of a block: the heads of the loops around it, outermost first, then itself; a head comes last in its
                  loop */
    uint32_t path[NESTING + 1], depth, block;
};

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    for (uint32_t i = 0; i <= NESTING; i++)
        if (x->path[i] != y->path[i])
            return x->path[i] < y->path[i] ? -1 : 1;
    return 0;
}

/* The order of execution (weak topological): what is pending in a loop runs before the loop goes round again, and that
 * before what comes after the loop. */
static void schedule(struct engine *e, const struct nc_function *f, struct fn_info *info, struct place *places)
{
    uint32_t n = 0;

    for (uint32_t b = 0; b < f->block_count; b++) {
        struct place p = places[b];

        if (info->rpo[b] == UINT32_MAX)
            continue;
        p.block = b;
        p.path[p.depth] = info->block_flags[b] & BF_LOOP_HEAD && p.depth ? UINT32_MAX : info->rpo[b];
        places[n++] = p;
    }
    qsort(places, n, sizeof *places, by_place);
    info->schedule = nc_arena_alloc(e->perm, sizeof *info->schedule * (n + 1));
    info->rank = nc_arena_alloc(e->perm, sizeof *info->rank * (f->block_count + 1));
    for (uint32_t i = 0; i < n; i++) {
        info->schedule[i] = places[i].block;
        info->rank[places[i].block] = i;
    }
}

/* A block is in a loop when it can reach itself: marked by walking back from each loop head's back edges. */
static void find_loops(struct engine *e, const struct nc_function *f, struct fn_info *info)
{
    uint32_t n = f->block_count, cap = 2;
    uint32_t *pred_start = calloc(n + 2, sizeof *pred_start), *pred, *succ, *stack;
    uint32_t edges = 0;

    for (uint32_t b = 0; b < n; b++) {
        uint32_t c = e->m->blocks[f->first_block + b].case_count + 2;

        cap = c > cap ? c : cap;
    }
    succ = nc_xmalloc(sizeof *succ * cap);
    for (uint32_t b = 0; b < n; b++) {
        uint32_t k = info->rpo[b] == UINT32_MAX ? 0 : block_successors(e->m, f, b, succ, cap);

        for (uint32_t i = 0; i < k; i++)
            pred_start[succ[i] + 1]++;
        edges += k;
    }
    for (uint32_t b = 0; b < n; b++)
        pred_start[b + 1] += pred_start[b];
    pred = nc_xmalloc(sizeof *pred * (edges + 1));
    uint32_t *fill = nc_xmalloc(sizeof *fill * (n + 1));

    memcpy(fill, pred_start, sizeof *fill * (n + 1));
    for (uint32_t b = 0; b < n; b++) {
        uint32_t k = info->rpo[b] == UINT32_MAX ? 0 : block_successors(e->m, f, b, succ, cap);

        for (uint32_t i = 0; i < k; i++)
            pred[fill[succ[i]]++] = b;
    }
    stack = nc_xmalloc(sizeof *stack * (n + 1));
    uint32_t *seen = calloc(n + 1, sizeof *seen), stamp = 0;
    struct place *places = calloc(n + 1, sizeof *places);

    for (uint32_t at = 0; at < info->reachable; at++) { /* outer heads come first */
        uint32_t h = info->order[at];

        if (!(info->block_flags[h] & BF_LOOP_HEAD))
            continue;
        uint32_t top = 0;

        stamp++;
        seen[h] = stamp;
        info->block_flags[h] |= BF_IN_LOOP;
        for (uint32_t i = pred_start[h]; i < pred_start[h + 1]; i++)
            if (info->rpo[pred[i]] >= info->rpo[h] && seen[pred[i]] != stamp) {
                seen[pred[i]] = stamp;
                stack[top++] = pred[i];
            }
        while (top) {
            uint32_t b = stack[--top];

            info->block_flags[b] |= BF_IN_LOOP;
            for (uint32_t i = pred_start[b]; i < pred_start[b + 1]; i++)
                if (seen[pred[i]] != stamp && info->rpo[pred[i]] >= info->rpo[h]) {
                    seen[pred[i]] = stamp;
                    stack[top++] = pred[i];
                }
        }
        for (uint32_t b = 0; b < n; b++)
            if (seen[b] == stamp && places[b].depth < NESTING)
                places[b].path[places[b].depth++] = at;
    }
    schedule(e, f, info, places);
    free(places);
    free(pred_start);
    free(pred);
    free(fill);
    free(succ);
    free(stack);
    free(seen);
}

void blocks_order(struct engine *e, const struct nc_function *f, struct fn_info *info)
{
    uint32_t n = f->block_count;

    info->rpo = nc_arena_alloc(e->perm, sizeof *info->rpo * n);
    info->order = nc_arena_alloc(e->perm, sizeof *info->order * n);
    info->block_flags = nc_arena_alloc(e->perm, n);
    memset(info->rpo, 0xff, sizeof *info->rpo * n);
    struct walk w = { e, f, info, calloc(n, 1), nc_xmalloc(sizeof(uint32_t) * n), 0 };

    depth_first(&w);
    info->reachable = w.post_count;
    for (uint32_t i = 0; i < w.post_count; i++) {
        uint32_t b = w.post[w.post_count - 1 - i];

        info->order[i] = b;
        info->rpo[b] = i;
        info->size += e->m->blocks[f->first_block + b].inst_count + 1;
    }
    free(w.colour);
    free(w.post);
    find_loops(e, f, info);
}
