#pragma once
#include <ntddk.h>

struct sensor;

typedef struct sensor_ops {
    const char *name;
    void (*tick)(struct sensor *sensor);    /* from the timer */
    void (*flush)(struct sensor *sensor);   /* from the cleanup request */
} sensor_ops_t;

typedef struct sensor {
    const sensor_ops_t *ops;
    KGUARDED_MUTEX history_lock;
    KSPIN_LOCK value_lock;
    ULONG value;
    ULONG history[16];
    ULONG used;
} sensor_t;

#define SENSOR_COUNT 2
extern sensor_t sensors[SENSOR_COUNT];
extern const sensor_ops_t heat_ops;
extern const sensor_ops_t fan_ops;
