#pragma once
#include <ntddk.h>
#include <netioddk.h>

enum component { COMPONENT_DEVICE, COMPONENT_CLIENT, COMPONENT_PROVIDER, COMPONENT_COUNT };

void state_set(enum component c, BOOLEAN up);
BOOLEAN state_is_up(enum component c);
