/* The reader of projects, on whatever bytes: no crash, no leak, no endless loop. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "project/cl.h"
#include "project/condition.h"
#include "project/project.h"
#include "project/solution.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_input(const char *path, const uint8_t *data, size_t size)
{
    FILE *file = fopen(path, "wb");

    if (!file)
        abort();
    fwrite(data, 1, size, file);
    fclose(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char folder[] = "/tmp/nmrcheck-fuzz-XXXXXX";
    static char project_path[64], solution_path[64];
    struct nc_project_options options = { .solution = solution_path };
    struct nc_project project;
    struct nc_solution solution;
    struct nc_strlist words = { 0 }, flags = { 0 };
    char *error = NULL, *text;

    if (!project_path[0]) {
        if (!mkdtemp(folder))
            abort();
        snprintf(project_path, sizeof project_path, "%s/a.vcxproj", folder);
        snprintf(solution_path, sizeof solution_path, "%s/a.sln", folder);
    }
    write_input(project_path, data, size);
    write_input(solution_path, data, size);
    nc_project_read(&project, project_path, &options, &error);
    nc_project_clear(&project);
    free(error);
    error = NULL;
    nc_solution_read(&solution, solution_path, "Release", "x64", &error);
    nc_solution_clear(&solution);
    free(error);
    text = malloc(size + 1);
    if (!text)
        abort();
    for (size_t i = 0; i < size; i++)
        text[i] = (char)data[i];
    text[size] = '\0';
    nc_cl_split(text, &words);
    nc_cl_flags(&words, 0, folder, &flags, NULL);
    nc_strlist_clear(&words);
    nc_strlist_clear(&flags);
    free(text);
    return 0;
}
