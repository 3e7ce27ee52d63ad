#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct rill { volatile LONG used, in_flight; HANDLE nmr_handle; void *client; const void *client_dispatch; } rill_t;

extern rill_t rill;
extern PDEVICE_OBJECT rill_lower;

NTSTATUS rill_submit(rill_t *r, PIRP irp);
void rill_done(rill_t *r);
NTSTATUS rill_register(void);
void rill_deregister(void);
