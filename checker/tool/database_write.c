/* compile_commands.json out of a run's inputs, for other tools and for -p. */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/paths.h"
#include "tool/projects.h"

/* The compiler that the flags are for: Clang, as it compiles for Windows' kernel. */
static const char *const command[] = { "clang",
                                       "--target=x86_64-pc-windows-msvc",
                                       "-fms-extensions",
                                       "-fms-compatibility",
                                       "-D_KERNEL_MODE=1",
                                       "-D_AMD64_",
                                       "-DAMD64" };

static json_t *entry_of(const struct nc_input *input)
{
    json_t *arguments = json_array(), *entry = json_object();
    char *path = nc_path_absolute(input->path, input->directory), *folder = nc_path_parent(path);

    for (size_t i = 0; i < sizeof command / sizeof *command; i++)
        json_array_append_new(arguments, json_string(command[i]));
    for (size_t i = 0; i < input->flags.count; i++) {
        json_t *flag = json_string(input->flags.items[i]);

        json_array_append_new(arguments, flag ? flag : json_string("")); /* not UTF-8 */
    }
    json_array_append_new(arguments, json_string("-c"));
    json_array_append_new(arguments, json_string(path));
    json_object_set_new(entry, "directory", json_string(input->directory ? input->directory : folder));
    json_object_set_new(entry, "file", json_string(path));
    json_object_set_new(entry, "arguments", arguments);
    free(folder);
    free(path);
    return entry;
}

int nc_inputs_write_database(const struct nc_inputs *inputs, const char *path)
{
    json_t *database = json_array();
    FILE *file = fopen(path, "wb");
    bool failed = !file;

    for (size_t i = 0; i < inputs->count; i++)
        if (inputs->items[i].kind == NC_INPUT_SOURCE)
            json_array_append_new(database, entry_of(&inputs->items[i]));
    if (file) {
        failed = json_dumpf(database, file, JSON_INDENT(1)) != 0 || fputc('\n', file) == EOF;
        failed = fclose(file) != 0 || failed;
    }
    if (failed)
        fprintf(stderr, "nmrcheck: cannot write '%s': %s\n", path, strerror(errno));
    else
        fprintf(stderr, "nmrcheck: %zu command%s written to %s\n", json_array_size(database),
                json_array_size(database) == 1 ? "" : "s", path);
    json_decref(database);
    return failed ? 2 : 0;
}
