#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* Offers the NPI for as long as it lives. */
class Provider {
public:
    static void *operator new(size_t size);
    static void operator delete(void *p);

    Provider() = default;
    ~Provider();
    NTSTATUS Start();

private:
    HANDLE handle_ = nullptr;
};
