/*
 * What packages install beside the program, made from the same table of options: the manual page, shell completion.
 */
#ifndef NC_TOOL_MANUAL_H
#define NC_TOOL_MANUAL_H

/* The manual page nmrcheck(1) as roff, to stdout. */
int nc_print_manual(void);
/* Completion for "bash", "zsh" or "fish", to stdout. 0, or 2 for another shell. */
int nc_print_completion(const char *shell);

#endif
