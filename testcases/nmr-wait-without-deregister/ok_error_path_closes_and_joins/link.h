#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* link_close starts the end of a link, link_join finishes it. */
NTSTATUS link_open(HANDLE *link);
void link_close(HANDLE link);
void link_join(HANDLE link);
