/*
 * Writing whole buffers to file descriptors: short writes and interrupts are gone on with.
 */
#ifndef NC_SUPPORT_WRITE_H
#define NC_SUPPORT_WRITE_H

#include <stdbool.h>
#include <stddef.h>

/* False: not everything could be written; errno says why. */
bool nc_write_all(int fd, const void *data, size_t size);

#endif
