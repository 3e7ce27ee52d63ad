/* The program nmrcheck: its command line chooses one of the jobs. */
#include <stdio.h>

#include "tool/explain.h"
#include "tool/lsp.h"
#include "tool/manual.h"
#include "tool/options.h"
#include "tool/run.h"
#include "tool/verify.h"

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
        return nc_print_manual();
    case NC_MODE_COMPLETION:
        return nc_print_completion(options->shell);
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
