/* The program nmrcheck: its command line chooses one of the jobs. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "tool/explain.h"
#include "tool/lsp.h"
#include "tool/manual.h"
#include "tool/options.h"
#include "tool/run.h"
#include "tool/verify.h"

/* What is written by printf may go to --output, too. */
static int to_output(const struct nc_options *options, int (*print)(const struct nc_options *options))
{
    int result;

    if (options->output && !freopen(options->output, "wb", stdout)) {
        fprintf(stderr, "nmrcheck: cannot write '%s': %s\n", options->output, strerror(errno));
        return 2;
    }
    result = print(options);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "nmrcheck: cannot write: %s\n", strerror(errno));
        return 2;
    }
    return result;
}

static int print_manual(const struct nc_options *options)
{
    (void)options;
    return nc_print_manual();
}

static int print_completion(const struct nc_options *options) { return nc_print_completion(options->shell); }

static int run(struct nc_options *options)
{
    switch (options->mode) {
    case NC_MODE_CHECK:
        return nc_run_check(options);
    case NC_MODE_VERIFY:
        return nc_run_verify(options);
    case NC_MODE_LSP:
        return nc_run_lsp(options);
    case NC_MODE_EXPLAIN:
        return nc_explain(options->explain);
    case NC_MODE_LIST_RULES:
        return nc_list_rules();
    case NC_MODE_MANUAL:
        return to_output(options, print_manual);
    case NC_MODE_COMPLETION:
        return to_output(options, print_completion);
    case NC_MODE_HELP:
        nc_options_help(stdout);
        return 0;
    case NC_MODE_VERSION:
        printf("nmrcheck %s\n", nc_version());
        return 0;
    }
    return 2;
}

int main(int argc, char **argv)
{
    struct nc_options options;
    int result = nc_options_parse(&options, argc, argv);

    if (result == 0)
        result = run(&options);
    nc_options_clear(&options);
    return result;
}
