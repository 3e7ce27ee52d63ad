#include "tool/process.h"

#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/arena.h"

extern char **environ;

static char *read_all(int descriptor)
{
    size_t capacity = 4096, used = 0;
    char *text = nc_xmalloc(capacity);
    ssize_t got;

    while ((got = read(descriptor, text + used, capacity - used - 1)) > 0) {
        used += (size_t)got;
        if (capacity - used < 2) {
            capacity *= 2;
            text = nc_xrealloc(text, capacity);
        }
    }
    text[used] = '\0';
    return text;
}

int nc_process_output(const char *const *arguments, char **output)
{
    posix_spawn_file_actions_t actions;
    int ends[2], status = 0, started;
    pid_t child;

    *output = NULL;
    if (pipe(ends) != 0)
        return -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    started = posix_spawnp(&child, arguments[0], &actions, NULL, (char *const *)arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (started == 0)
        *output = read_all(ends[0]);
    close(ends[0]);
    if (started != 0 || waitpid(child, &status, 0) != child)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
