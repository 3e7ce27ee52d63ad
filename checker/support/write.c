#include "support/write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/arena.h"

bool nc_write_all(int fd, const void *data, size_t size)
{
    const char *at = data;

    while (size > 0) {
        ssize_t n = write(fd, at, size);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        size -= (size_t)n;
    }
    return true;
}

static bool write_through(const char *path, const void *data, size_t size)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool good = fd >= 0 && nc_write_all(fd, data, size);

    if (fd >= 0 && close(fd) != 0)
        good = false;
    return good;
}

static bool replace(const char *path, const void *data, size_t size, mode_t mode)
{
    size_t length = strlen(path) + sizeof ".XXXXXX";
    char *temporary = nc_xmalloc(length);
    int fd;
    bool good;

    snprintf(temporary, length, "%s.XXXXXX", path);
    fd = mkstemp(temporary);
    good = fd >= 0 && fchmod(fd, mode) == 0 && nc_write_all(fd, data, size);
    if (fd >= 0) {
        int error = errno;

        good = close(fd) == 0 && good && rename(temporary, path) == 0;
        if (!good) {
            error = errno ? errno : error;
            unlink(temporary);
            errno = error;
        }
    }
    free(temporary);
    return good;
}

bool nc_write_file(const char *path, const void *data, size_t size)
{
    struct stat status;
    char *real;
    bool good;

    /* mkstemp makes a file private; ours are as public as other build results. umask has no getter that is safe with
     * threads, so the usual 022 stands for it. */
    if (stat(path, &status) != 0)
        return replace(path, data, size, 0644);
    if (!S_ISREG(status.st_mode))
        return write_through(path, data, size);
    real = realpath(path, NULL);
    good = real != NULL && replace(real, data, size, status.st_mode & 07777);
    free(real);
    return good;
}
