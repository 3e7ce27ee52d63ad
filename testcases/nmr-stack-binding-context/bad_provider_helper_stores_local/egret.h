#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct egret_client { void *client; const void *client_dispatch; ULONG credits; } egret_client_t;

typedef struct egret_out { void **context; const void **dispatch; } egret_out_t;

extern const USHORT egret_table[2];

egret_client_t *egret_new(ULONG credits);
void egret_delete(egret_client_t *client);
void egret_publish(const egret_out_t *out, egret_client_t *client);
