#include "tool/progress.h"

#include <stdio.h>
#include <unistd.h>

enum { FEW_FILES = 8 };

void nc_progress_start(struct nc_progress *p, size_t total, bool forced)
{
    bool terminal = isatty(STDERR_FILENO) == 1;

    *p = (struct nc_progress){ .total = total, .terminal = terminal, .shown_percent = 101 };
    p->on = total > 0 && (forced || (terminal && total >= FEW_FILES));
}

void nc_progress_step(struct nc_progress *p, size_t finished)
{
    unsigned percent;

    if (!p->on)
        return;
    percent = (unsigned)(finished * 100 / p->total);
    if (p->terminal) {
        fprintf(stderr, "\r[%3u%%] %zu of %zu files", percent, finished, p->total);
    } else if (percent != p->shown_percent && percent % 10 == 0) {
        fprintf(stderr, "nmrcheck: %zu of %zu files\n", finished, p->total);
    }
    p->shown_percent = percent;
}

void nc_progress_end(struct nc_progress *p)
{
    if (p->on && p->terminal)
        fprintf(stderr, "\r\033[K");
    p->on = false;
}
