#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct jetty {
    volatile LONG holds;
    HANDLE nmr_handle;
    ULONG served;
    void *provider;
    const void *dispatch;
} jetty_t;

jetty_t *jetty_hold(void);
void jetty_release(jetty_t *jetty);
void jetty_publish(jetty_t *jetty);
void jetty_withdraw(jetty_t *jetty);
