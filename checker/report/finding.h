/*
 * A finding: what the analysis hands to the reporters. Reporters never see the model; everything that they print is
 * here. All strings and arrays belong to the finding set's arena and live as long as the set.
 */
#ifndef NC_REPORT_FINDING_H
#define NC_REPORT_FINDING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct nc_arena;
struct nc_picture;

enum nc_severity { NC_SEV_ERROR, NC_SEV_WARNING, NC_SEV_NOTE };

struct nc_place {
    const char *file;     /* path as the compiler opened it; "" unknown */
    uint32_t line, col;   /* 1-based; 0 unknown */
    const char *function; /* display name of the function that holds it, or "" */
    const char *macro;    /* macro whose expansion it is, or "" */
};

struct nc_step {
    struct nc_place place;
    const char *text; /* one sentence without a full stop, lower case first */
};

struct nc_fix_edit { /* replaces [line:col, end_line:end_col) by text; insertion where both are equal */
    const char *file;
    uint32_t line, col, end_line, end_col;
    const char *text;
};

struct nc_fix {
    const char *title;
    bool sure; /* machine-applicable; else a suggestion */
    struct nc_fix_edit *edits;
    size_t edit_count;
};

struct nc_finding {
    const char *rule;
    enum nc_severity severity;
    struct nc_place place; /* primary location */
    const char *message;
    struct nc_step *steps; /* the path, in execution order */
    size_t step_count;
    struct nc_fix *fixes;
    size_t fix_count;
};

/* A function or construct that was not (wholly) analysed, a missing header, a limit that was reached. */
struct nc_gap_note {
    const char *what;
    const char *reason;
    struct nc_place place;
    int kind; /* NC_GAP_* of model/module.h */
};

struct nc_stats {
    uint64_t files, functions, functions_analysed, blocks, states, calls, merges, cut_short;
    uint64_t lower_ns, link_ns, analyse_ns;
    uint64_t files_cached, drivers_cached; /* how much of it was done by earlier runs */
};

struct nc_findings {
    struct nc_arena *arena;
    struct nc_finding *items; /* sorted by file, line, col, rule */
    size_t count, capacity;
    struct nc_gap_note *gaps;
    size_t gap_count, gap_capacity;
    struct nc_picture **pictures; /* of each driver, where one was asked for */
    size_t picture_count;
    struct nc_stats stats;
};

#endif
