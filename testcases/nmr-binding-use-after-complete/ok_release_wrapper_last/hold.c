#include "jetty.h"

static KSPIN_LOCK jetty_lock;
static jetty_t *jetty_current;

jetty_t *
jetty_hold(void)
{
    jetty_t *jetty;
    KIRQL irql;

    KeAcquireSpinLock(&jetty_lock, &irql);
    jetty = jetty_current;
    if (jetty != NULL)
        InterlockedIncrement(&jetty->holds);
    KeReleaseSpinLock(&jetty_lock, irql);
    return jetty;
}

void
jetty_release(jetty_t *jetty)
{
    if (InterlockedDecrement(&jetty->holds) == 0)
        NmrClientDetachProviderComplete(jetty->nmr_handle);
}

void
jetty_publish(jetty_t *jetty)
{
    KIRQL irql;

    KeAcquireSpinLock(&jetty_lock, &irql);
    jetty_current = jetty;
    KeReleaseSpinLock(&jetty_lock, irql);
}

void
jetty_withdraw(jetty_t *jetty)
{
    KIRQL irql;

    KeAcquireSpinLock(&jetty_lock, &irql);
    if (jetty_current == jetty)
        jetty_current = NULL;
    KeReleaseSpinLock(&jetty_lock, irql);
}
