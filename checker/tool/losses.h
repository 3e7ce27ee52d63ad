/*
 * What reading the sources lost, told from a module alone: for --stats where nothing is analysed (--emit-module,
 * --dump-model).
 */
#ifndef NC_TOOL_LOSSES_H
#define NC_TOOL_LOSSES_H

struct nc_module;

/* Prints, on stderr, how many of the driver's own functions the module has and how many of them were not wholly
 * understood, and all gaps. */
void nc_print_losses(const struct nc_module *m);

#endif
