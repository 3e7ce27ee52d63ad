#pragma once
#include <ntddk.h>
#include <netioddk.h>

struct npi_thread {
    KEVENT ready;
    NTSTATUS status;
    HANDLE client;
};

KSTART_ROUTINE npi_thread_main;
void npi_thread_end(struct npi_thread *thread);
