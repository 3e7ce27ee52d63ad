/* compile_commands.json: which files, and of their commands the flags that decide what the source means. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "project/cl.h"
#include "project/language.h"
#include "report/paths.h"
#include "support/arena.h"
#include "tool/inputs.h"

/* Splits a command line as a POSIX shell would: blanks, both quotes, backslashes. */
static void split_command(const char *command, struct nc_strlist *words)
{
    char *word = nc_xmalloc(strlen(command) + 1);
    size_t n = 0;
    char quote = '\0';
    bool started = false;

    for (; *command; command++) {
        char c = *command;

        if (quote ? c == quote : c == '"' || c == '\'') {
            quote = quote ? '\0' : c;
            started = true;
        } else if (c == '\\' && command[1] && quote != '\'' && (!quote || strchr("\"\\$`", command[1]))) {
            word[n++] = *++command;
            started = true;
        } else if (!quote && (c == ' ' || c == '\t' || c == '\n')) {
            if (started || n > 0)
                nc_strlist_take(words, nc_strformat("%.*s", (int)n, word));
            n = 0;
            started = false;
        } else {
            word[n++] = c;
        }
    }
    if (started || n > 0)
        nc_strlist_take(words, nc_strformat("%.*s", (int)n, word));
    free(word);
}

struct flag_form {
    const char *text;   /* as it stands in the command */
    const char *result; /* as it is passed on */
    bool is_path;       /* its argument is a path, relative to the command's directory */
};

/* Longer ones first where one begins another. */
static const struct flag_form gnu_forms[] = {
    { "-isystem", "-isystem", true },
    { "-iquote", "-iquote", true },
    { "-idirafter", "-idirafter", true },
    { "-imacros", "-imacros", true },
    { "-include", "-include", false },
    { "-I", "-I", true },
    { "-D", "-D", false },
    { "-U", "-U", false },
    { "-x", "-x", false },
};
static void add_flag(struct nc_strlist *flags, const struct flag_form *form, const char *argument,
                     const char *directory)
{
    nc_strlist_add(flags, form->result);
    if (form->is_path)
        nc_strlist_take(flags, nc_path_absolute(argument, directory));
    else
        nc_strlist_add(flags, argument);
}

/* Is `word` one of the forms? Adds it; *at moves when the argument is the next word. */
static bool take_form(const struct flag_form *forms, size_t count, const char *word, const struct nc_strlist *words,
                      size_t *at, const char *directory, struct nc_strlist *flags)
{
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(forms[i].text);

        if (strncmp(word, forms[i].text, n) != 0)
            continue;
        if (strcmp(word, "-include-pch") == 0) { /* another compiler's: useless here */
            ++*at;
            return true;
        }
        if (word[n] != '\0')
            add_flag(flags, &forms[i], word + n, directory);
        else if (*at + 1 < words->count)
            add_flag(flags, &forms[i], words->items[++*at], directory);
        return true;
    }
    return false;
}

static void keep_flags(const struct nc_strlist *words, const char *directory, struct nc_strlist *flags)
{
    for (size_t i = 1; i < words->count; i++) {
        const char *word = words->items[i];

        if (word[0] != '-' ||
            take_form(gnu_forms, sizeof gnu_forms / sizeof *gnu_forms, word, words, &i, directory, flags))
            continue;
        if (strcmp(word, "-o") == 0 || strcmp(word, "-MF") == 0 || strcmp(word, "-MT") == 0 || strcmp(word, "-MQ") == 0)
            i++;
        else if (strncmp(word, "-std=", 5) == 0 || strcmp(word, "-fshort-wchar") == 0 ||
                 strncmp(word, "--target=", 9) == 0 || strncmp(word, "-fpack-struct=", 14) == 0)
            nc_strlist_add(flags, word);
    }
}

static bool known(const struct nc_inputs *inputs, const char *path)
{
    for (size_t i = 0; i < inputs->count; i++)
        if (strcmp(inputs->items[i].path, path) == 0)
            return true;
    return false;
}

/* The compiler's name: the same in every shell's way of quoting. */
static const char *first_word(const char *command, const json_t *arguments, char *buffer, size_t size)
{
    const char *word = command ? command : json_string_value(json_array_get(arguments, 0));
    char end = ' ';

    if (!word)
        return "";
    if (!command)
        return word;
    if (*word == '"')
        end = *word++;
    snprintf(buffer, size, "%.*s", (int)(strchrnul(word, end) - word), word);
    return buffer;
}

static bool add_entry(struct nc_inputs *inputs, const json_t *entry)
{
    const char *file = json_string_value(json_object_get(entry, "file"));
    const char *directory = json_string_value(json_object_get(entry, "directory"));
    const char *command = json_string_value(json_object_get(entry, "command"));
    const json_t *arguments = json_object_get(entry, "arguments");
    struct nc_strlist words = { 0 }, notes = { 0 };
    struct nc_input *input;
    char *path, compiler[1024];

    if (!file || !directory || (!command && !json_is_array(arguments)))
        return false;
    path = nc_path_absolute(file, directory);
    if (nc_path_is_source(path) && !known(inputs, path)) {
        bool cl = nc_cl_is_compiler(first_word(command, arguments, compiler, sizeof compiler));

        if (command && cl)
            nc_cl_split(command, &words);
        else if (command)
            split_command(command, &words);
        for (size_t i = 0; !command && i < json_array_size(arguments); i++)
            if (json_is_string(json_array_get(arguments, i)))
                nc_strlist_add(&words, json_string_value(json_array_get(arguments, i)));
        input = nc_inputs_add(inputs, NC_INPUT_SOURCE, path);
        input->directory = nc_strcopy(directory);
        if (cl) {
            nc_cl_flags(&words, 1, directory, &input->flags, &notes);
            nc_flags_settle_language(&input->flags, path);
        } else {
            keep_flags(&words, directory, &input->flags);
        }
        for (size_t i = 0; i < notes.count; i++)
            nc_inputs_note(inputs, path, NC_INPUT_NOTE_PLAIN, nc_strcopy(notes.items[i]));
        nc_strlist_clear(&notes);
        nc_strlist_clear(&words);
    }
    free(path);
    return true;
}

int nc_inputs_add_database(struct nc_inputs *inputs, const char *path)
{
    struct stat status;
    bool folder = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    char *file = folder ? nc_path_join(path, "compile_commands.json") : nc_strcopy(path);
    size_t first = inputs->count;
    json_error_t error;
    json_t *database = json_load_file(file, 0, &error);
    int result = 0;

    if (!database) {
        fprintf(stderr, "nmrcheck: cannot read the compilation database '%s': %s", file, error.text);
        if (error.line > 0)
            fprintf(stderr, " (line %d)", error.line);
        fputc('\n', stderr);
        result = 2;
    } else if (!json_is_array(database)) {
        fprintf(stderr, "nmrcheck: '%s' is no compilation database: it is not a list\n", file);
        result = 2;
    }
    for (size_t i = 0; result == 0 && i < json_array_size(database); i++)
        if (!add_entry(inputs, json_array_get(database, i))) {
            fprintf(stderr, "nmrcheck: '%s': entry %zu lacks 'file', 'directory' or a command\n", file, i + 1);
            result = 2;
        }
    if (result == 0 && inputs->count == first) {
        fprintf(stderr, "nmrcheck: the compilation database '%s' names no C or C++ source\n", file);
        result = 2;
    }
    json_decref(database);
    free(file);
    return result;
}
