/* The contract reader: a good file, each kind of error with its line, layering over the built-in contracts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "analysis/contract.h"

static struct nc_contracts *parse(const char *text)
{
    char *error = NULL;
    struct nc_contracts *c = nc_contracts_parse(text, strlen(text), "own.yaml", &error);
    if (c == NULL) {
        fail_msg("%s", error);
    }
    return c;
}

static void good_file(void **state)
{
    (void)state;
    struct nc_contracts *c = parse(
        "kinds:\n"
        "  my_npi: { display: my registration, wait: true, characteristics: MY_CHARACTERISTICS,\n"
        "            instance: Instance, end: MyDeregister, complete: MyWait }\n"
        "functions:\n"
        "  MyRegister:\n"
        "    page: our wiki\n"
        "    irql: PASSIVE\n"
        "    effects:\n"
        "      - acquire: { kind: my_npi, handle: arg2, characteristics: arg0, context: arg1 }\n"
        "      - returns: status\n"
        "  MyAllocate:\n"
        "    names: [MyAllocateMore]\n"
        "    irql:\n"
        "      - { when: arg0 & 1, irql: <= APC }\n"
        "      - { when: \"!(arg0 & 2)\", irql: APC..DISPATCH }\n"
        "      - { irql: any }\n"
        "    effects:\n"
        "      - alloc: { to: return, size: arg1, pool_flags: arg0, when: arg1 != 0 }\n"
        "      - throws\n"
        "  MyFree:\n"
        "    effects: [free: arg0]\n"
        "  MyWaitFor:\n"
        "    irql: [{ when: '*arg1 == 0', irql: '<= DISPATCH' }, { irql: <= APC }]\n"
        "    effects:\n"
        "      - blocks: { on: arg0, timeout: arg1 }\n"
        "      - lock: { lock: arg0, class: spin, saves: return, raises: DISPATCH_LEVEL }\n"
        "      - raise: { to: DISPATCH, saves: arg1 }\n"
        "      - raise: { to: arg0 }\n"
        "      - returns: { arg: arg0 }\n"
        "      - returns: -1\n"
        "      - calls_later: { function: arg1, context: arg2, parameter: 3, role: MY_CALLBACK }\n"
        "roles:\n"
        "  MY_CALLBACK: { display: my callback, irql: DISPATCH, phase: unload, once: true, half: true, page: wiki }\n"
        "slots:\n"
        "  MY_TABLE: { OnEvent: MY_CALLBACK, OnPacket: KDEFERRED_ROUTINE }\n");

    const struct nc_kind *k = nc_kind_find(c, "my_npi");
    assert_non_null(k);
    assert_string_equal(k->display, "my registration");
    assert_string_equal(k->characteristics, "MY_CHARACTERISTICS");
    assert_string_equal(k->end_function, "MyDeregister");
    assert_string_equal(k->wait_function, "MyWait");
    assert_true(k->has_wait);
    assert_false(k->handle_is_address);

    const struct nc_contract *f = nc_contract_find(c, "MyRegister");
    assert_non_null(f);
    assert_string_equal(f->page, "our wiki");
    assert_int_equal(f->bound_count, 1);
    assert_int_equal(f->bounds[0].max, NC_PASSIVE);
    assert_int_equal(f->effect_count, 2);
    assert_int_equal(f->effects[0].op, NC_EFF_ACQUIRE);
    assert_int_equal(f->effects[0].a[0], 2);
    assert_int_equal(f->effects[0].a[1], 0);
    assert_int_equal(f->effects[0].a[2], 1);
    assert_int_equal(f->effects[0].a[3], NC_ARG_NONE);
    assert_string_equal(f->effects[0].text, "my_npi");
    assert_int_equal(f->effects[1].op, NC_EFF_RETURNS);
    assert_string_equal(f->effects[1].text, "status");

    f = nc_contract_find(c, "MyAllocateMore");
    assert_non_null(f);
    assert_int_equal(f->bound_count, 3);
    assert_int_equal(f->bounds[0].when.op, NC_COND_MASK);
    assert_int_equal(f->bounds[0].when.value, 1);
    assert_int_equal(f->bounds[0].max, NC_APC);
    assert_int_equal(f->bounds[1].when.op, NC_COND_NOMASK);
    assert_int_equal(f->bounds[1].min, NC_APC);
    assert_int_equal(f->bounds[1].max, NC_DISPATCH);
    assert_int_equal(f->bounds[2].when.op, NC_COND_ALWAYS);
    assert_int_equal(f->bounds[2].max, NC_HIGH);
    assert_int_equal(f->effects[0].a[0], NC_ARG_RETURN);
    assert_int_equal(f->effects[0].a[2], 0);
    assert_int_equal(f->effects[0].value, NC_POOL_BY_FLAGS);
    assert_int_equal(f->effects[0].when.op, NC_COND_NE);
    assert_int_equal(f->effects[1].op, NC_EFF_THROWS);

    f = nc_contract_find(c, "MyFree");
    assert_int_equal(f->effects[0].op, NC_EFF_FREE);
    assert_int_equal(f->effects[0].a[0], 0);
    assert_int_equal(f->bound_count, 0);

    f = nc_contract_find(c, "MyWaitFor");
    assert_int_equal(f->bounds[0].when.op, NC_COND_POINTS_TO_ZERO);
    assert_int_equal(f->bounds[0].when.arg, 1);
    assert_int_equal(f->effects[1].a[1], NC_ARG_RETURN);
    assert_int_equal(f->effects[1].value, NC_DISPATCH);
    assert_int_equal(f->effects[2].a[0], NC_ARG_NONE);
    assert_int_equal(f->effects[2].value, NC_DISPATCH);
    assert_int_equal(f->effects[3].a[0], 0);
    assert_int_equal(f->effects[4].a[0], 0);
    assert_string_equal(f->effects[4].text, "");
    assert_int_equal(f->effects[5].value, -1);
    assert_int_equal(f->effects[6].a[2], 3);

    const struct nc_role_contract *r = nc_role_find(c, "MY_CALLBACK");
    assert_int_equal(r->min, NC_DISPATCH);
    assert_int_equal(r->max, NC_DISPATCH);
    assert_int_equal(r->phase, NC_PHASE_UNLOAD);
    assert_true(r->once);
    assert_true(r->half);

    const struct nc_slot_contract *s = nc_slot_find(c, "_MY_TABLE", "OnPacket");
    assert_non_null(s);
    assert_string_equal(s->role, "KDEFERRED_ROUTINE");
    nc_contracts_free(c);
}

struct bad {
    const char *text;
    const char *error;
};

static const struct bad bad_files[] = {
    { "", "own.yaml:1: the file has no contracts in it" },
    { "functions: ]", "own.yaml:1: not valid YAML: " },
    { "- a\n", "own.yaml:1: the file must be a mapping" },
    { "functoins: {}\n", "own.yaml:1: unknown section 'functoins'" },
    { "functions: 1\n", "own.yaml:1: functions must be a mapping" },
    { "functions:\n  F: 1\n", "own.yaml:2: a function's contract must be a mapping" },
    { "functions:\n  F:\n    irlq: PASSIVE\n", "own.yaml:3: a function has no key 'irlq'" },
    { "functions:\n  F:\n    irql: LOW\n", "own.yaml:3: 'LOW' is no IRQL" },
    { "functions:\n  F:\n    irql: DISPATCH..APC\n", "own.yaml:3: 'DISPATCH..APC' is no IRQL" },
    { "functions:\n  F:\n    irql: []\n", "own.yaml:3: 'irql' lists 1 to" },
    { "functions:\n  F:\n    irql:\n      - { when: arg0 == 1 }\n", "own.yaml:4: a row of 'irql' needs 'irql'" },
    { "functions:\n  F:\n    irql:\n      - { irql: any, if: 1 }\n",
      "own.yaml:4: a row of 'irql' has 'when' and 'irql'" },
    { "functions:\n  F:\n    effects: 1\n", "own.yaml:3: 'effects' must be a list" },
    { "functions:\n  F:\n    effects:\n      - explode: arg0\n", "own.yaml:4: there is no effect 'explode'" },
    { "functions:\n  F:\n    effects:\n      - free: memory\n", "own.yaml:4: 'memory' is not an argument" },
    { "functions:\n  F:\n    effects:\n      - free: arg99\n", "own.yaml:4: 'arg99' is not an argument" },
    { "functions:\n  F:\n    effects:\n      - free\n", "own.yaml:4: effect 'free' needs 'memory'" },
    { "functions:\n  F:\n    effects:\n      - copy: { to: arg0 }\n", "own.yaml:4: effect 'copy' needs 'from'" },
    { "functions:\n  F:\n    effects:\n      - copy: arg0\n", "own.yaml:4: effect 'copy' needs a mapping" },
    { "functions:\n  F:\n    effects:\n      - free: { memory: arg0, size: arg1 }\n",
      "own.yaml:4: effect 'free' has no key 'size'" },
    { "functions:\n  F:\n    effects:\n      - free: { memory: arg0, memory: arg1 }\n",
      "own.yaml:4: 'memory' is given twice" },
    { "functions:\n  F:\n    effects:\n      - free: { memory: arg0, when: arg1 > 2 }\n",
      "own.yaml:4: condition 'arg1 > 2' is none of" },
    { "functions:\n  F:\n    effects:\n      - returns: maybe\n", "own.yaml:4: 'returns' is a number" },
    { "functions:\n  F:\n    effects:\n      - returns\n", "own.yaml:4: 'returns' needs a value" },
    { "functions:\n  F:\n    effects:\n      - { free: arg0, zero: arg1 }\n", "own.yaml:4: an effect is one key" },
    { "functions:\n  F:\n    effects:\n      - alloc: { to: return, pool: wet }\n", "own.yaml:4: 'pool' must be" },
    { "functions:\n  F:\n    effects:\n      - acquire: { kind: nosuch, handle: arg0 }\n",
      "own.yaml:4: kind 'nosuch' is not defined" },
    { "functions:\n  F: {}\n  F: {}\n", "own.yaml:3: function 'F' is defined twice" },
    { "functions:\n  F:\n    names: [G, F]\n", "own.yaml:3: function 'F' is defined twice" },
    { "functions:\n  F:\n    names: G\n", "own.yaml:3: 'names' must be a list" },
    { "roles:\n  R: { display: x }\n", "own.yaml:2: a role needs 'irql'" },
    { "roles:\n  R: { irql: any, phase: late }\n", "own.yaml:2: 'phase' is running, entry or unload" },
    { "roles:\n  R: { irql: any, level: 2 }\n", "own.yaml:2: a role has no key 'level'" },
    { "slots:\n  T:\n    F: NO_SUCH_ROLE\n", "own.yaml:3: role 'NO_SUCH_ROLE' is not defined" },
    { "kinds:\n  k: { wait: perhaps }\n", "own.yaml:2: wait must be true or false" },
    { "kinds:\n  k: { ends: F }\n", "own.yaml:2: a kind has no key 'ends'" },
    { "functions: {}\n---\nfunctions: {}\n", "own.yaml:3: the file holds more than one YAML document" },
};

static void errors_name_the_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad_files / sizeof *bad_files; i++) {
        char *error = NULL;
        struct nc_contracts *c = nc_contracts_parse(bad_files[i].text, strlen(bad_files[i].text), "own.yaml", &error);
        if (c != NULL) {
            fail_msg("no error for: %s", bad_files[i].text);
        }
        assert_non_null(error);
        if (strncmp(error, bad_files[i].error, strlen(bad_files[i].error)) != 0) {
            fail_msg("got: %s\nexpected: %s", error, bad_files[i].error);
        }
        assert_null(strchr(error, '\n'));
        free(error);
    }
}

static void missing_file(void **state)
{
    (void)state;
    char *error = NULL;
    assert_null(nc_contracts_load("/nonexistent/own.yaml", &error));
    assert_string_equal(error, "/nonexistent/own.yaml:1: cannot be read: No such file or directory");
    free(error);
}

static void file_wins_over_builtin(void **state)
{
    (void)state;
    const struct nc_contracts *builtin = nc_contracts_builtin();
    const struct nc_contract *below = nc_contract_find(builtin, "NmrDeregisterClient");
    struct nc_contracts *c = parse("functions:\n  NmrDeregisterClient: { irql: PASSIVE }\n"
                                   "  ExFreePool: { effects: [] }\n"
                                   "  Unrelated: { irql: any }\n"
                                   "roles:\n  KDEFERRED_ROUTINE: { irql: PASSIVE, display: my DPC }\n"
                                   "slots:\n  DRIVER_OBJECT: { DriverUnload: DRIVER_DISPATCH }\n");
    const struct nc_contract *f = nc_contract_find(c, "NmrDeregisterClient");
    assert_int_equal(f->bounds[0].max, NC_PASSIVE);
    assert_int_equal(below->bounds[0].max, NC_DISPATCH);
    /* What the file does not say is kept. */
    assert_string_equal(f->page, below->page);
    assert_int_equal(f->effect_count, below->effect_count);
    /* An empty list says something. */
    assert_int_equal(nc_contract_find(c, "ExFreePool")->effect_count, 0);
    assert_int_equal(nc_contract_find(c, "ExFreePool")->bounds[0].max, NC_DISPATCH);
    /* Everything else shows through. */
    assert_ptr_equal(nc_contract_find(c, "NmrRegisterClient"), nc_contract_find(builtin, "NmrRegisterClient"));
    assert_null(nc_contract_find(builtin, "Unrelated"));
    assert_string_equal(nc_role_find(c, "KDEFERRED_ROUTINE")->display, "my DPC");
    assert_string_equal(nc_slot_find(c, "_DRIVER_OBJECT", "DriverUnload")->role, "DRIVER_DISPATCH");
    assert_string_equal(nc_slot_find(c, "_DRIVER_OBJECT", "DriverStartIo")->role, "DRIVER_STARTIO");
    assert_non_null(nc_kind_find(c, "nmr_client"));
    nc_contracts_free(c);
}

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

/* Files of one run may use what the others define, but not define it again. */
static void several_files(void **state)
{
    (void)state;
    char first[] = "/tmp/nmrcheck_contracts_XXXXXX", second[] = "/tmp/nmrcheck_contracts_XXXXXX", *error = NULL;
    int a = mkstemp(first), b = mkstemp(second);
    assert_true(a >= 0 && b >= 0);
    close(a);
    close(b);
    write_file(first, "functions:\n  F: { effects: [end: { kind: k, handle: arg0 }] }\n");
    write_file(second, "kinds:\n  k: { end: F }\n");
    const char *const paths[] = { first, second };
    struct nc_contracts *c = nc_contracts_load_all(paths, 2, &error);
    assert_non_null(c);
    assert_non_null(nc_kind_find(c, "k"));
    nc_contracts_free(c);

    write_file(second, "kinds:\n  k: { end: F }\nfunctions:\n  F: {}\n");
    assert_null(nc_contracts_load_all(paths, 2, &error));
    assert_non_null(strstr(error, ":4: function 'F' is defined twice"));
    free(error);
    remove(first);
    remove(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(good_file), cmocka_unit_test(errors_name_the_line),
                                        cmocka_unit_test(missing_file), cmocka_unit_test(several_files),
                                        cmocka_unit_test(file_wins_over_builtin) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
