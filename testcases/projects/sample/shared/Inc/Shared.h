/* A client registration that several drivers share the code of. */
#pragma once
#include <ntddk.h>
#include <netioddk.h>

#ifdef __cplusplus
extern "C" {
#endif

NTSTATUS shared_start(HANDLE *registration);
void shared_stop(HANDLE registration);
void shared_wait(HANDLE registration);

#ifdef __cplusplus
}
#endif
