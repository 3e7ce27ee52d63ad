#include "model/module_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "model/builder.h"
#include "model/module_check.h"
#include "model/module_own.h"
#include "support/arena.h"
#include "support/write.h"

#define FORMAT          1
#define BYTE_ORDER_MARK 0x01020304u

static const char magic[8] = { 'N', 'C', 'M', 'O', 'D', 'U', 'L', 'E' };

struct header {
    char magic[8];
    uint32_t format;
    uint32_t byte_order;
    uint64_t shape;    /* of the model: see model_shape */
    uint64_t size;     /* of the whole file */
    uint64_t checksum; /* XXH3 of all that follows this member */
    uint32_t array_count;
    nc_str main_file;
};

struct row {
    uint64_t offset; /* from the file's start */
    uint32_t count, element_size;
};

enum {
    ROW_STRINGS,
#define X(type, name) ROW_##name,
    NC_MODULE_ARRAYS(X)
#undef X
        ROW_COUNT
};

static const size_t checksum_from = offsetof(struct header, array_count);

/* Names the arrays, element sizes and operators in their order: any change of these makes old files foreign. */
static uint64_t model_shape(void)
{
    static const char operators[] =
#define X(n) #n " "
        NC_EXPR_OPS(X) "; " NC_INST_OPS(X) "; " NC_TERMS(X) "; "
#undef X
#define X(type, name) #name " "
        NC_MODULE_ARRAYS(X)
#undef X
        ;
    const uint64_t sizes[] = {
#define X(type, name) sizeof(type),
        NC_MODULE_ARRAYS(X)
#undef X
    };

    return XXH3_64bits_withSeed(operators, sizeof operators, XXH3_64bits(sizes, sizeof sizes));
}

static void set_error(char **error, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void set_error(char **error, const char *format, ...)
{
    va_list args;

    if (!error)
        return;
    va_start(args, format);
    if (vasprintf(error, format, args) < 0)
        *error = NULL;
    va_end(args);
}

static size_t align8(size_t n) { return (n + 7) & ~(size_t)7; }

/* ---- writing ---- */

void *nc_module_save_memory(const struct nc_module *m, size_t *size)
{
    struct row rows[ROW_COUNT] = { { 0 } };
    const void *data[ROW_COUNT];
    size_t at = align8(sizeof(struct header) + sizeof rows);

    rows[ROW_STRINGS] = (struct row){ .count = m->strings_size, .element_size = 1 };
    data[ROW_STRINGS] = m->strings;
#define X(type, name)                                                                                                  \
    rows[ROW_##name] = (struct row){ .count = m->name##_count, .element_size = sizeof(type) };                         \
    data[ROW_##name] = m->name;
    NC_MODULE_ARRAYS(X)
#undef X
    for (int i = 0; i < ROW_COUNT; i++) {
        rows[i].offset = at;
        at = align8(at + (size_t)rows[i].count * rows[i].element_size);
    }

    char *image = nc_xmalloc(at);
    struct header header = { .format = FORMAT,
                             .byte_order = BYTE_ORDER_MARK,
                             .shape = model_shape(),
                             .size = at,
                             .array_count = ROW_COUNT,
                             .main_file = m->main_file };

    memset(image, 0, at);
    memcpy(header.magic, magic, sizeof magic);
    for (int i = 0; i < ROW_COUNT; i++)
        if (rows[i].count)
            memcpy(image + rows[i].offset, data[i], (size_t)rows[i].count * rows[i].element_size);
    memcpy(image + sizeof header, rows, sizeof rows);
    memcpy(image, &header, sizeof header);
    header.checksum = XXH3_64bits(image + checksum_from, at - checksum_from);
    memcpy(image, &header, sizeof header);
    *size = at;
    return image;
}

int nc_module_save(const struct nc_module *m, const char *path, char **error)
{
    size_t size;
    char *image = nc_module_save_memory(m, &size);
    bool good = nc_write_file(path, image, size);

    if (!good)
        set_error(error, "%s: cannot write: %s", path, strerror(errno));
    free(image);
    return good ? 0 : -1;
}

/* ---- reading ---- */

/* What is wrong with the image's outer form, or NULL. */
static const char *refuse(const char *image, size_t size, struct header *header)
{
    if (size < sizeof *header || memcmp(image, magic, sizeof magic) != 0)
        return "not a module file";
    memcpy(header, image, sizeof *header);
    if (header->byte_order != BYTE_ORDER_MARK)
        return "module file of a machine with another byte order; make it again here";
    if (header->format != FORMAT || header->shape != model_shape() || header->array_count != ROW_COUNT)
        return "module file of another version of nmrcheck; make it again";
    if (header->size > size)
        return "module file is truncated; make it again";
    if (header->size < size || header->checksum != XXH3_64bits(image + checksum_from, size - checksum_from))
        return "module file is damaged; make it again";
    return NULL;
}

/* Takes over the malloc block `image`. */
static struct nc_module *adopt(char *image, size_t size, const char *name, char **error)
{
    struct header header;
    const char *reason = refuse(image, size, &header);
    char why[160];

    if (reason) {
        set_error(error, "%s: %s", name, reason);
        free(image);
        return NULL;
    }

    struct nc_module *m = nc_owned_module_new(image);
    struct row rows[ROW_COUNT];
    size_t smallest = sizeof header + sizeof rows;
    bool ok = size >= smallest;

    if (ok)
        memcpy(rows, image + sizeof header, sizeof rows);
    for (int i = 0; ok && i < ROW_COUNT; i++)
        ok = rows[i].offset % 8 == 0 && rows[i].offset >= smallest && rows[i].offset <= size && rows[i].element_size &&
             rows[i].count <= (size - rows[i].offset) / rows[i].element_size;
    if (ok)
        ok = rows[ROW_STRINGS].element_size == 1;
#define X(type, array) ok = ok && rows[ROW_##array].element_size == sizeof(type);
    NC_MODULE_ARRAYS(X)
#undef X
    if (ok) {
        m->main_file = header.main_file;
        m->strings = image + rows[ROW_STRINGS].offset;
        m->strings_size = rows[ROW_STRINGS].count;
#define X(type, array)                                                                                                 \
    m->array = (type *)(void *)(image + rows[ROW_##array].offset);                                                     \
    m->array##_count = rows[ROW_##array].count;
        NC_MODULE_ARRAYS(X)
#undef X
        ok = nc_module_check(m, why, sizeof why);
    } else {
        snprintf(why, sizeof why, "table of arrays");
    }
    if (!ok) {
        set_error(error, "%s: module file is damaged (%s); make it again", name, why);
        nc_module_free(m);
        return NULL;
    }
    return m;
}

struct nc_module *nc_module_load_memory(const void *data, size_t size, const char *name, char **error)
{
    char *image = nc_xmalloc(size);

    if (size)
        memcpy(image, data, size);
    return adopt(image, size, name, error);
}

struct nc_module *nc_module_load(const char *path, char **error)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;

    if (fd < 0 || fstat(fd, &status) != 0) {
        set_error(error, "%s: cannot read: %s", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    if (!S_ISREG(status.st_mode)) {
        set_error(error, "%s: not a module file", path);
        close(fd);
        return NULL;
    }

    const size_t size = (size_t)status.st_size;
    char *image = nc_xmalloc(size);
    size_t have = 0;

    while (have < size) {
        const ssize_t n = read(fd, image + have, size - have);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            set_error(error, "%s: cannot read: %s", path, strerror(errno));
            close(fd);
            free(image);
            return NULL;
        }
        if (!n)
            break;
        have += (size_t)n;
    }
    close(fd);
    return adopt(image, have, path, error);
}
