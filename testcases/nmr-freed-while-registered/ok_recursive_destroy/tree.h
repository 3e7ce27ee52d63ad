#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* A chain of nodes, each the context of a provider of its own. */
struct node {
    struct node *next;
    HANDLE handle;
    volatile LONG clients;
};

NTSTATUS node_add(struct node **head);
void node_destroy(struct node *node);
