/*
 * Defect: closing the book frees its entries, and with them the handles, without ending the registrations.
 * (Twin: ok_list_nodes_ended)
 */
#include "book.h"

#define BOOK_TAG 'kooB'

struct entry {
    LIST_ENTRY link;
    HANDLE handle;
};

static LIST_ENTRY book = { &book, &book };

NTSTATUS book_register(const NPI_PROVIDER_CHARACTERISTICS *chars)
{
    struct entry *e = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*e), BOOK_TAG);
    NTSTATUS status;

    if (e == NULL)
        return STATUS_NO_MEMORY;
    status = NmrRegisterProvider(chars, NULL, &e->handle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(e, BOOK_TAG);
        return status;
    }
    InsertTailList(&book, &e->link);
    return STATUS_SUCCESS;
}

void book_close(void)
{
    while (!IsListEmpty(&book)) {
        struct entry *e = CONTAINING_RECORD(RemoveHeadList(&book), struct entry, link);

        ExFreePoolWithTag(e, BOOK_TAG);
    }
}
