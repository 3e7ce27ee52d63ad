#include "report/html_picture.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/markup.h"
#include "report/paths.h"
#include "report/picture.h"
#include "report/report.h"

enum { LEVEL_COUNT = 4 };
static const char *const level_names[LEVEL_COUNT] = { "PASSIVE", "APC", "DISPATCH", "DIRQL" };

static void print_place(const struct nc_report *r, const struct nc_place *place, FILE *out)
{
    char *shown;

    if (!*place->file)
        return;
    shown = nc_path_display(place->file, r->cwd);
    fputs("<span class=\"where\" title=\"", out);
    nc_markup_text(shown, out);
    fputs("\">", out);
    nc_markup_text(nc_path_name(shown), out); /* boxes are narrow */
    if (place->line)
        fprintf(out, ":%" PRIu32, place->line);
    fputs("</span>", out);
    free(shown);
}

static void print_levels(struct nc_picture_levels levels, FILE *out)
{
    if (levels.max < 0)
        return;
    if (levels.min == levels.max)
        fprintf(out, "<span class=\"level l%d\">%s</span>", levels.max, level_names[levels.max]);
    else
        fprintf(out, "<span class=\"level l%d\">&le; %s</span>", levels.max, level_names[levels.max]);
}

static const struct {
    const char *title, *none;
    bool callback;
} stages[NC_STAGE_COUNT] = {
    [NC_STAGE_REGISTER] = { "registered", "", false },
    [NC_STAGE_ATTACH] = { "attached", "no callback is known", true },
    [NC_STAGE_DETACH] = { "detached", "no callback is known", true },
    [NC_STAGE_CLEANUP] = { "cleaned up", "no callback", true },
    [NC_STAGE_END] = { "its end begins", "nothing ends it", false },
    [NC_STAGE_WAIT] = { "its end is waited for", "nothing waits for it", false },
};

static void print_event(const struct nc_report *r, const struct nc_picture_event *event, bool callback, FILE *out)
{
    fputs("<div class=\"event\"><code>", out);
    nc_markup_text(callback ? event->place.function : event->what, out);
    fputs("</code>", out);
    if (!callback && *event->place.function) {
        fputs(" in <code>", out);
        nc_markup_text(event->place.function, out);
        fputs("</code>", out);
    }
    fputs("<br>", out);
    print_place(r, &event->place, out);
    if (callback)
        print_levels(event->levels, out);
    fputs("</div>", out);
}

/* Red only where a finding says so: handles may be ended in ways that the picture does not see. */
static bool is_reported(const struct nc_report *r, size_t stage)
{
    static const char *const rules[] = { "nmr-missing-wait", "nmr-missing-deregister", "nmr-lost-handle" };

    for (size_t i = 0; i < r->count; i++)
        for (size_t j = 0; r->results[i].state == NC_RESULT_OPEN && j < sizeof rules / sizeof *rules; j++)
            if ((stage == NC_STAGE_WAIT) == (j == 0) && strcmp(r->results[i].finding->rule, rules[j]) == 0)
                return true;
    return false;
}

static void print_stage(const struct nc_report *r, const struct nc_picture_registration *registration, size_t stage,
                        FILE *out)
{
    size_t count = registration->event_counts[stage];
    bool missing = count == 0 && !stages[stage].callback && is_reported(r, stage);

    fprintf(out, "<li class=\"stage%s%s\"><b>%s</b>", stages[stage].callback ? " callback" : "",
            missing      ? " missing"
            : count == 0 ? " none"
                         : "",
            stage == NC_STAGE_END && !registration->has_wait ? "ended" : stages[stage].title);
    for (size_t i = 0; i < count; i++)
        print_event(r, &registration->events[stage][i], stages[stage].callback, out);
    if (count == 0)
        fprintf(out, "<div class=\"event\">%s</div>",
                missing || stages[stage].callback ? stages[stage].none : "not seen here");
    fputs("</li>\n", out);
}

static void print_registration(const struct nc_report *r, const struct nc_picture_registration *registration, FILE *out)
{
    fputs("<div class=\"life\"><h4>", out);
    nc_markup_text(registration->kind, out);
    if (*registration->handle) {
        fputs(", kept in <code>", out);
        nc_markup_text(registration->handle, out);
        fputs("</code>", out);
    }
    fputs("</h4>\n<ol class=\"stages\" tabindex=\"0\">\n", out);
    for (size_t stage = 0; stage < NC_STAGE_COUNT; stage++)
        if ((!stages[stage].callback || registration->has_callbacks) &&
            (stage != NC_STAGE_WAIT || registration->has_wait))
            print_stage(r, registration, stage, out);
    fputs("</ol></div>\n", out);
}

static void print_entry(const struct nc_report *r, const struct nc_picture_entry *entry, FILE *out)
{
    fputs("<tr><th scope=\"row\"><code>", out);
    nc_markup_text(entry->place.function, out);
    fputs("</code>", out);
    if (*entry->role) {
        fputs("<br><span class=\"dim\">", out);
        nc_markup_text(entry->role, out);
        fputs("</span>", out);
    }
    fputs("</th>", out);
    if (entry->levels.max < 0)
        fprintf(out, "<td colspan=\"%d\" class=\"dim\">not known</td>", LEVEL_COUNT);
    for (int level = 0; entry->levels.max >= 0 && level < LEVEL_COUNT; level++) {
        bool on = level >= entry->levels.min && level <= entry->levels.max;

        fprintf(out, "<td class=\"cell%s\">%s</td>", on ? " on" : "",
                on ? "<span class=\"hidden\">runs here</span>" : "");
    }
    fputs("<td>", out);
    for (size_t i = 0; i < entry->call_count; i++) {
        char *file = nc_path_display(entry->calls[i].place.file, r->cwd);

        fputs("<code class=\"call\" title=\"", out);
        nc_markup_text(file, out);
        fprintf(out, ":%" PRIu32 "\">", entry->calls[i].place.line);
        nc_markup_text(entry->calls[i].what, out);
        fputs("</code> ", out);
        free(file);
    }
    fputs("</td></tr>\n", out);
}

static void print_entries(const struct nc_report *r, const struct nc_picture *p, FILE *out)
{
    fputs("<h3>Who runs at which IRQL, and what it calls</h3>\n<div class=\"scroll\" tabindex=\"0\"><table "
          "class=\"levels\"><thead><tr><th>entry</th>",
          out);
    for (int level = 0; level < LEVEL_COUNT; level++)
        fprintf(out, "<th scope=\"col\">%s</th>", level_names[level]);
    fputs("<th>calls of the NMR, of WSK, and waits</th></tr></thead><tbody>\n", out);
    for (size_t i = 0; i < p->entry_count; i++)
        print_entry(r, &p->entries[i], out);
    fputs("</tbody></table></div>\n", out);
}

static void print_picture(const struct nc_report *r, const struct nc_picture *p, FILE *out)
{
    const char *name = p->driver                                              ? p->driver
                       : r->findings->picture_count > 1 && p->entry_count > 0 ? p->entries[0].place.file
                                                                              : NULL;

    fputs("<details class=\"picture\" open><summary><b>The driver", out);
    if (name) {
        char *shown = nc_path_display(name, r->cwd);

        fputs(" of ", out);
        nc_markup_text(shown, out);
        free(shown);
    }
    fprintf(out, "</b>: %zu registration%s, %zu entr%s</summary>\n<div class=\"body\">", p->registration_count,
            p->registration_count == 1 ? "" : "s", p->entry_count, p->entry_count == 1 ? "y" : "ies");
    for (size_t i = 0; i < p->registration_count; i++)
        print_registration(r, &p->registrations[i], out);
    if (p->entry_count > 0)
        print_entries(r, p, out);
    fputs("</div></details>\n", out);
}

void nc_html_pictures(const struct nc_report *r, FILE *out)
{
    for (size_t i = 0; i < r->findings->picture_count; i++)
        if (r->findings->pictures[i]->registration_count + r->findings->pictures[i]->entry_count > 0)
            print_picture(r, r->findings->pictures[i], out);
}
