/* The built-in contracts: facts that the rules stand on, and that the tables hang together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/contract.h"
#include "analysis/contract_tables.h"

static const struct nc_contract *function(const char *name)
{
    const struct nc_contract *f = nc_contract_find(nc_contracts_builtin(), name);
    if (f == NULL) {
        fail_msg("no contract for %s", name);
    }
    return f;
}

static bool has(const char *name, int op)
{
    const struct nc_contract *f = function(name);
    for (int i = 0; i < f->effect_count; i++) {
        if (f->effects[i].op == op) {
            return true;
        }
    }
    return false;
}

static void nmr_facts(void **state)
{
    (void)state;
    const struct nc_kind *k = nc_kind_find(nc_contracts_builtin(), "nmr_client");
    assert_true(k->has_wait);
    assert_string_equal(k->characteristics, "NPI_CLIENT_CHARACTERISTICS");
    assert_true(nc_kind_find(nc_contracts_builtin(), "wsk")->handle_is_address);
    assert_int_equal(function("NmrRegisterClient")->bounds[0].max, NC_PASSIVE);
    assert_int_equal(function("NmrDeregisterClient")->bounds[0].max, NC_DISPATCH);
    assert_int_equal(function("NmrWaitForClientDeregisterComplete")->bounds[0].max, NC_APC);
    assert_true(has("NmrRegisterProvider", NC_EFF_ACQUIRE));
    assert_true(has("NmrClientAttachProvider", NC_EFF_BIND));
    assert_true(has("WskReleaseProviderNPI", NC_EFF_END));
    const struct nc_contract *capture = function("WskCaptureProviderNPI");
    assert_int_equal(capture->bound_count, 2);
    assert_int_equal(capture->bounds[0].when.op, NC_COND_EQ);
    assert_int_equal(capture->bounds[0].max, NC_DISPATCH);
    assert_int_equal(capture->bounds[1].max, NC_PASSIVE);
    assert_string_equal(
        nc_slot_find(nc_contracts_builtin(), "_NPI_CLIENT_CHARACTERISTICS", "ClientDetachProvider")->role,
        "NPI_CLIENT_DETACH_PROVIDER_FN");
    assert_int_equal(nc_role_find(nc_contracts_builtin(), "NPI_CLIENT_DETACH_PROVIDER_FN")->max, NC_DISPATCH);
    assert_int_equal(nc_role_find(nc_contracts_builtin(), "NPI_CLIENT_ATTACH_PROVIDER_FN")->max, NC_PASSIVE);
}

static void kernel_facts(void **state)
{
    (void)state;
    assert_int_equal(function("KeAcquireSpinLockAtDpcLevel")->bounds[0].min, NC_DISPATCH);
    assert_int_equal(function("ExAcquirePushLockExclusiveEx")->bounds[0].max, NC_APC);
    assert_int_equal(function("ExAcquireFastMutexUnsafe")->bounds[0].min, NC_PASSIVE);
    assert_int_equal(function("KeInitializeEvent")->bounds[0].max, NC_HIGH);
    assert_int_equal(function("RtlInitUnicodeString")->bounds[0].max, NC_HIGH);
    assert_int_equal(function("RtlStringCbCopyW")->bounds[0].max, NC_HIGH);
    assert_int_equal(function("IoSetCancelRoutine")->bounds[0].min, NC_PASSIVE);
    assert_true(has("ExAllocatePool2", NC_EFF_ZERO));
    assert_true(has("??2@YAPEAX_K@Z", NC_EFF_ALLOC));
    /* Only in the IRQL table. */
    assert_int_equal(function("IoAttachDevice")->bounds[0].max, NC_PASSIVE);
    assert_string_equal(function("IoAttachDevice")->page, "IoAttachDevice (wdm.h)");
    /* A further name keeps its own page. */
    assert_string_equal(function("ExFreePoolWithTag")->page, "ExFreePoolWithTag (wdm.h)");
    assert_null(nc_contract_find(nc_contracts_builtin(), "NoSuchFunction"));
    assert_null(nc_slot_find(nc_contracts_builtin(), "_DRIVER_OBJECT", "Size"));
    assert_string_equal(nc_slot_find(nc_contracts_builtin(), "FWPS_CALLOUT1_", "classifyFn")->role,
                        "FWPS_CALLOUT_CLASSIFY_FN1");
    assert_int_equal(nc_role_find(nc_contracts_builtin(), "DRIVER_UNLOAD")->phase, NC_PHASE_UNLOAD);
}

/* Every element is found by its name, and is well formed. */
static void tables_hang_together(void **state)
{
    (void)state;
    const struct nc_contract_tables *t = &nc_contract_builtin_tables;
    assert_true(t->function_count > 4000);
    for (uint32_t i = 0; i < t->function_count; i++) {
        const struct nc_contract *f = &t->functions[i];
        assert_ptr_equal(nc_contract_find(nc_contracts_builtin(), f->name), f);
        assert_true(*f->page != '\0');
        for (int b = 0; b < f->bound_count; b++) {
            assert_true(f->bounds[b].min >= NC_PASSIVE && f->bounds[b].min <= f->bounds[b].max &&
                        f->bounds[b].max <= NC_HIGH);
        }
        for (int e = 0; e < f->effect_count; e++) {
            assert_true(f->effects[e].op < NC_EFF_COUNT);
            assert_non_null(f->effects[e].text);
        }
    }
    for (uint32_t i = 0; i < t->role_count; i++) {
        assert_ptr_equal(nc_role_find(nc_contracts_builtin(), t->roles[i].name), &t->roles[i]);
    }
    for (uint32_t i = 0; i < t->slot_count; i++) {
        const struct nc_slot_contract *s = &t->slots[i];
        assert_ptr_equal(nc_slot_find(nc_contracts_builtin(), s->record, s->field), s);
        assert_non_null(nc_role_find(nc_contracts_builtin(), s->role));
    }
    for (uint32_t i = 0; i < t->kind_count; i++) {
        const struct nc_kind *k = &t->kinds[i];
        assert_ptr_equal(nc_kind_find(nc_contracts_builtin(), k->name), k);
        assert_non_null(function(k->end_function));
        assert_true(k->has_wait == (*k->wait_function != '\0'));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(nmr_facts), cmocka_unit_test(kernel_facts),
                                        cmocka_unit_test(tables_hang_together) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
