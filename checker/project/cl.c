#include "project/cl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "project/buffer.h"
#include "project/disk.h"
#include "report/paths.h"
#include "support/arena.h"

enum { MAX_RESPONSE = 4 << 20, MAX_NESTING = 8 };

bool nc_cl_is_compiler(const char *word)
{
    const char *name = nc_path_name(word);
    size_t n = strncasecmp(name, "clang-cl", 8) == 0 ? 8 : strncasecmp(name, "cl", 2) == 0 ? 2 : 0;

    return n > 0 && (name[n] == '\0' || strcasecmp(name + n, ".exe") == 0);
}

void nc_cl_split(const char *text, struct nc_strlist *words)
{
    struct nc_buffer word = { 0 };
    bool quoted = false, started = false;

    for (;; text++) {
        size_t slashes = strspn(text, "\\");

        if (slashes > 0) {
            /* Before a quote each two are one, and one left over makes the quote a plain character. */
            bool before_quote = text[slashes] == '"';

            for (size_t i = 0; i < (before_quote ? slashes / 2 : slashes); i++)
                nc_buffer_put(&word, "\\");
            started = true;
            text += slashes;
            if (before_quote && slashes % 2 == 1) {
                nc_buffer_put(&word, "\"");
                continue;
            }
        }
        if (*text == '\0' || (!quoted && isspace((unsigned char)*text))) {
            if (started)
                nc_strlist_take(words, nc_buffer_take(&word));
            started = false;
            if (*text == '\0')
                return;
        } else if (*text == '"') {
            quoted = !quoted;
            started = true;
        } else {
            nc_buffer_add(&word, text, 1);
            started = true;
        }
    }
}

/* Visual Studio writes response files in UTF-16, too. */
static char *utf8(char *text, size_t length)
{
    struct nc_buffer b = { 0 };

    if (length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
        memmove(text, text + 3, length - 2);
        return text;
    }
    if (length < 2 || memcmp(text, "\xFF\xFE", 2) != 0)
        return text;
    for (size_t i = 2; i + 1 < length; i += 2) {
        unsigned unit = (unsigned char)text[i] | (unsigned)(unsigned char)text[i + 1] << 8;
        char bytes[3] = { (char)(0xE0 | unit >> 12), (char)(0x80 | (unit >> 6 & 0x3F)), (char)(0x80 | (unit & 0x3F)) };

        if (unit < 0x80) {
            bytes[2] = (char)unit;
            nc_buffer_add(&b, bytes + 2, 1);
        } else if (unit < 0x800) {
            bytes[1] = (char)(0xC0 | unit >> 6);
            nc_buffer_add(&b, bytes + 1, 2);
        } else if (unit < 0xD800 || unit > 0xDFFF) {
            nc_buffer_add(&b, bytes, 3);
        }
    }
    free(text);
    return nc_buffer_take(&b);
}

struct translation {
    const char *directory;
    struct nc_strlist *flags, *notes;
    unsigned depth;
};

static void translate(struct translation *t, const struct nc_strlist *words, size_t first);

static void response_file(struct translation *t, const char *name)
{
    char *path = nc_disk_path(name, t->directory), *error = NULL, *text;
    struct nc_strlist words = { 0 };
    size_t length = 0;

    text = t->depth < MAX_NESTING ? nc_disk_read(path, MAX_RESPONSE, &length, &error)
                                  : (error = nc_strformat("'%s': response files name each other", path), NULL);
    if (text) {
        text = utf8(text, length);
        nc_cl_split(text, &words);
        t->depth++;
        translate(t, &words, 0);
        t->depth--;
        nc_strlist_clear(&words);
    } else if (t->notes && !nc_strlist_has(t->notes, error)) {
        nc_strlist_add(t->notes, error);
    }
    free(text);
    free(error);
    free(path);
}

struct form {
    const char *text; /* behind the '/' or '-' */
    const char *flag; /* NULL: left out with its argument */
    bool is_path;
};

/* Options whose argument follows at once or as the next word. Longer ones first where one begins another. */
static const struct form forms[] = {
    { "external:I", "-isystem", true },
    { "imsvc", "-isystem", true },
    { "FI", "-include", false },
    { "FU", NULL, false },
    { "I", "-I", true },
    { "D", "-D", false },
    { "U", "-U", false },
};

static void add_argument(struct translation *t, const struct form *form, const char *argument)
{
    if (!form->flag || !*argument)
        return;
    nc_strlist_add(t->flags, form->flag);
    if (form->is_path) {
        nc_strlist_take(t->flags, nc_disk_path(argument, t->directory));
    } else if (form->flag[1] == 'D') {
        char *define = nc_strcopy(argument), *hash = strchr(define, '#'), *equals = strchr(define, '=');

        if (hash && !equals) /* cl takes NAME#VALUE, too */
            *hash = '=';
        nc_strlist_take(t->flags, define);
    } else {
        nc_strlist_add(t->flags, argument);
    }
}

static void standard(struct translation *t, const char *name)
{
    static const char *const names[][2] = {
        { "c11", "-std=c11" },         { "c17", "-std=c17" },     { "clatest", "-std=c23" },
        { "c23", "-std=c23" },         { "c++14", "-std=c++14" }, { "c++17", "-std=c++17" },
        { "c++20", "-std=c++20" },     { "c++23", "-std=c++23" }, { "c++23preview", "-std=c++23" },
        { "c++latest", "-std=c++23" },
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i][0], name) == 0)
            nc_strlist_add(t->flags, names[i][1]);
}

/* A source's path may begin like an option: /Data/driver.c */
static bool is_operand(const char *word)
{
    const char *dot = strrchr(word, '.');

    return word[0] == '/' && strchr(word + 1, '/') && dot &&
           (strcasecmp(dot, ".c") == 0 || strcasecmp(dot, ".cpp") == 0 || strcasecmp(dot, ".cc") == 0 ||
            strcasecmp(dot, ".cxx") == 0);
}

static bool take_form(struct translation *t, const struct nc_strlist *words, size_t *at)
{
    const char *option = words->items[*at] + 1;

    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        size_t n = strlen(forms[i].text);

        if (strncmp(option, forms[i].text, n) != 0)
            continue;
        if (option[n] != '\0')
            add_argument(t, &forms[i], option + n);
        else if (*at + 1 < words->count)
            add_argument(t, &forms[i], words->items[++*at]);
        return true;
    }
    return false;
}

static void translate(struct translation *t, const struct nc_strlist *words, size_t first)
{
    for (size_t i = first; i < words->count; i++) {
        const char *word = words->items[i];

        if (word[0] == '@' && word[1]) {
            response_file(t, word + 1);
            continue;
        }
        if ((word[0] != '/' && word[0] != '-') || is_operand(word))
            continue;
        if (strcasecmp(word + 1, "link") == 0) /* the rest is the linker's */
            return;
        if (strncmp(word + 1, "std:", 4) == 0) {
            standard(t, word + 5);
        } else if (strcmp(word + 1, "TP") == 0 || strcmp(word + 1, "TC") == 0) {
            nc_strlist_add(t->flags, "-x");
            nc_strlist_add(t->flags, word[2] == 'P' ? "c++" : "c");
        } else if (strncmp(word + 1, "Zp", 2) == 0 && isdigit((unsigned char)word[3])) {
            nc_strlist_take(t->flags, nc_strformat("-fpack-struct=%d", atoi(word + 3)));
        } else if (strcmp(word + 1, "J") == 0) {
            nc_strlist_add(t->flags, "-funsigned-char");
        } else if (strncmp(word, "--target=", 9) == 0) {
            nc_strlist_add(t->flags, word);
        } else {
            take_form(t, words, &i);
        }
    }
}

void nc_cl_flags(const struct nc_strlist *words, size_t first, const char *directory, struct nc_strlist *flags,
                 struct nc_strlist *notes)
{
    struct translation t = { .directory = directory, .flags = flags, .notes = notes };

    translate(&t, words, first);
}
