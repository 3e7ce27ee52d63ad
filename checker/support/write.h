/*
 * Writing to file descriptors and files as a whole.
 */
#ifndef NC_SUPPORT_WRITE_H
#define NC_SUPPORT_WRITE_H

#include <stdbool.h>
#include <stddef.h>

/* Goes on after short writes and interrupts. False: not everything could be written; errno says why. */
bool nc_write_all(int fd, const void *data, size_t size);

/* The file is replaced at once: nobody sees it half written, and it stays as it was on an error (false; errno says
 * why). A link stays a link. What is no regular file (a device, a pipe) is written to. A new file gets mode 0644, an
 * old one keeps its own. */
bool nc_write_file(const char *path, const void *data, size_t size);

#endif
