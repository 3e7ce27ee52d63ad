/*
 * Which build of the program this is.
 */
#ifndef NC_TOOL_IDENTITY_H
#define NC_TOOL_IDENTITY_H

enum { NC_IDENTITY_SIZE = 160 };

/* Writes a text that is another one for builds that differ in anything: code, header model, contracts, libraries that
 * are linked in. */
void nc_identity(char text[NC_IDENTITY_SIZE]);

#endif
