/* Fuzz target: the contract reader. Any input gives contracts or one line of error, never both, never a fault. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/contract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *error = NULL;
    struct nc_contracts *c = nc_contracts_parse((const char *)data, size, "fuzz.yaml", &error);
    if ((c == NULL) != (error != NULL) || (error != NULL && strchr(error, '\n') != NULL)) {
        abort();
    }
    free(error);
    nc_contracts_free(c);
    return 0;
}
