/*
 * The driver's picture: its registrations with their life, and who does what at which IRQL. Made by the analysis, shown
 * by the HTML report. Everything lives in the finding set's arena.
 */
#ifndef NC_REPORT_PICTURE_H
#define NC_REPORT_PICTURE_H

#include "report/finding.h"

/* IRQLs from 0 (PASSIVE_LEVEL) to 3 (DIRQL and above); max -1: not known. */
struct nc_picture_levels {
    int min, max;
};

/* One thing that happens in a registration's life. */
struct nc_picture_event {
    const char *what;      /* "NmrDeregisterClient", or a callback's slot */
    struct nc_place place; /* function: who does it, or the callback itself */
    struct nc_picture_levels levels;
};

enum nc_picture_stage {
    NC_STAGE_REGISTER,
    NC_STAGE_ATTACH,
    NC_STAGE_DETACH,
    NC_STAGE_CLEANUP,
    NC_STAGE_END,
    NC_STAGE_WAIT,
    NC_STAGE_COUNT
};

struct nc_picture_registration {
    const char *kind;             /* "client registration" */
    const char *handle;           /* the variable that holds the handle, or "" */
    bool has_callbacks, has_wait; /* of its kind; without a wait the end is complete at once */
    struct nc_picture_event *events[NC_STAGE_COUNT];
    size_t event_counts[NC_STAGE_COUNT];
};

/* A function that the system calls. */
struct nc_picture_entry {
    const char *role; /* "DPC routine"; "" not known */
    struct nc_place place;
    struct nc_picture_levels levels;
    struct nc_picture_event *calls; /* what it does that matters: NMR and WSK calls, waits */
    size_t call_count;
};

struct nc_picture {
    const char *driver; /* the project that builds it, or NULL */
    struct nc_picture_registration *registrations;
    struct nc_picture_entry *entries;
    size_t registration_count, entry_count;
};

#endif
