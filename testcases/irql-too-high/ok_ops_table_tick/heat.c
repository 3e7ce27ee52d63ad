#include "ops.h"

static void
heat_push(sensor_t *s)
{
    KeAcquireGuardedMutex(&s->history_lock);
    s->history[s->used++ % ARRAYSIZE(s->history)] = s->value;
    KeReleaseGuardedMutex(&s->history_lock);
}

static void
heat_tick(sensor_t *s)
{
    KIRQL irql;

    KeAcquireSpinLock(&s->value_lock, &irql);
    s->value++;
    KeReleaseSpinLock(&s->value_lock, irql);
}

static void
heat_flush(sensor_t *s)
{
    s->used = 0;
    heat_push(s);
}

const sensor_ops_t heat_ops = { "heat", heat_tick, heat_flush };
const sensor_ops_t fan_ops = { .name = "fan", .flush = heat_push, .tick = heat_tick };
