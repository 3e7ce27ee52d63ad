#include "radio.h"

static NTSTATUS long_open(radio_t *radio) { radio->packets = 0; return STATUS_SUCCESS; }
static void long_poll(radio_t *radio) { radio_receive(radio, 4); }

static const radio_ops_t long_ops = { long_open, long_poll };
static radio_t long_radio = { .ops = &long_ops };

static VOID NTAPI
long_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    radio_stop(&long_radio);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = long_unload;
    return radio_start(&long_radio);
}
