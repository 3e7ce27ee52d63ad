#include "tool/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "support/arena.h"

/* The parser recurses on what it reads: deep input needs more than a thread's default stack. */
enum { STACK_BYTES = 64 << 20 };

struct shared {
    atomic_size_t next;
    size_t count, finished;
    void (*work)(void *user, size_t i);
    void (*done)(void *user, size_t finished);
    void *user;
    pthread_mutex_t lock;
};

unsigned nc_cores(void)
{
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;

    return n > 0 ? (unsigned)n : 1;
}

static void *run(void *argument)
{
    struct shared *shared = argument;
    size_t i;

    while ((i = atomic_fetch_add(&shared->next, 1)) < shared->count) {
        shared->work(shared->user, i);
        if (shared->done) {
            pthread_mutex_lock(&shared->lock);
            shared->done(shared->user, ++shared->finished);
            pthread_mutex_unlock(&shared->lock);
        }
    }
    return NULL;
}

void nc_parallel(size_t count, unsigned jobs, void (*work)(void *user, size_t i),
                 void (*done)(void *user, size_t finished), void *user)
{
    struct shared shared = { .count = count, .work = work, .done = done, .user = user };
    pthread_t *threads;
    pthread_attr_t attributes;
    unsigned started = 0;

    if (jobs > count)
        jobs = (unsigned)count;
    if (jobs == 0)
        return;
    pthread_mutex_init(&shared.lock, NULL);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    threads = nc_xmalloc(jobs * sizeof *threads);
    while (started < jobs && pthread_create(&threads[started], &attributes, run, &shared) == 0)
        started++;
    if (started == 0)
        run(&shared);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    free(threads);
    pthread_attr_destroy(&attributes);
    pthread_mutex_destroy(&shared.lock);
}
