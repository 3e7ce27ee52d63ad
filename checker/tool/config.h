/*
 * The configuration file .nmrcheck.yaml (schema: editors/nmrcheck.schema.json): options that a project always wants.
 *
 *     disable: [rule-id, ...]      entry: Name          contracts: file.yaml      baseline: file.json
 *     only: [rule-id, ...]         flags: [-Iinc, ...]  strict: true              wdk: folder
 *     configuration: Debug         platform: ARM64
 *
 * Paths in it are relative to the file's folder. What the command line says wins.
 */
#ifndef NC_TOOL_CONFIG_H
#define NC_TOOL_CONFIG_H

struct nc_options;

/* Reads the file that the options name, or the nearest one at or above the first path. 0, or 2 after saying on stderr
 * what is wrong. */
int nc_config_read(struct nc_options *options);

#endif
