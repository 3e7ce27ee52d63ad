#include "tests/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/dump.h"
#include "model/text.h"

/* As the dump prints it: reading and dumping it gives this text again. */
const char nc_sample_text[] =
    "main \"driver.c\"\n"
    "file \"driver.c\" main\n"
    "file \"<nmrcheck>/ntddk.h\" system\n"
    "file \"C:\\\\src dir\\\\driver.h\"\n"
    "struct EXT : 48 {\n"
    "    0 Handle : void*\n"
    "    64 Cleanup : void(1)* role CLEANUP_ROUTINE\n"
    "    128 Count : u32\n"
    "    160 Busy : u32 bits 1\n"
    "    161 Mode : u32 bits 3\n"
    "    192 '' : union 'driver.h:12'\n"
    "    256 Names : u16[4]\n"
    "    320 Next : struct EXT*\n"
    "}\n"
    "union 'driver.h:12' : 8 {\n"
    "    0 Whole : u64\n"
    "    0 Half : u32\n"
    "}\n"
    "struct CLIENT : 24 {\n"
    "    0 Version : u16\n"
    "    16 Length : u16\n"
    "    64 Attach : i32(3)*\n"
    "    128 Id : struct OPEN const*\n"
    "}\n"
    "struct EXT#2 : 4 {\n"
    "    0 x : f32\n"
    "}\n"
    "struct OPEN;\n"
    "role CLEANUP_ROUTINE {\n"
    "    annot IRQL_requires_max \"DISPATCH_LEVEL\" = 2\n"
    "    annot When \"return == 0, \\\"x\\\"\" param 0\n"
    "}\n"
    "role EMPTY_ROLE;\n"
    "global g_Ext : struct EXT @ driver.c:3:19 static defined;\n"
    "global g_Client : struct CLIENT @ driver.c:4:14 defined const section \"PAGE\" section_at 2:9 {\n"
    "    16 : u16 = 24:u16 @ 5:5\n"
    "    64 : i32(3)* = &Attach @ 6:5\n"
    "    128 : struct OPEN const* = &g_Id:struct OPEN const* @ 7:5 in ID_OF spelled <nmrcheck>/ntddk.h:9:9\n"
    "}\n"
    "global g_Id : struct OPEN;\n"
    "global g_Ext#2 : struct EXT#2 static;\n"
    "global g_Table : struct EXT[4] defined;\n"
    "function NmrRegisterClient : i32(3) @ <nmrcheck>/ntddk.h:100:1 system role EMPTY_ROLE;\n"
    "function Attach : i32(3) @ driver.c:20:10 ends_at 24:1 static address_taken section \"INIT\" {\n"
    "    annot IRQL_requires_max \"PASSIVE_LEVEL\" = 0\n"
    "    annot In \"\" param 1\n"
    "    param Binding : void*\n"
    "    param Context : void*\n"
    "    param Instance : void*\n"
    "  b0:\n"
    "    return -1073741637 @ 22:5\n"
    "}\n"
    "function Start : i32(2) @ driver.c:30:10 ends_at 70:1 display \"Driver::Start\" paged_code export role "
    "CLEANUP_ROUTINE paged_at 33:5 in PAGED_CODE {\n"
    "    param Ext : struct EXT* @ 30:30\n"
    "    param Mode : u32 address_taken @ 30:40\n"
    "    local status : i32 @ 31:14\n"
    "    local status#2 : i64 @ 40:9\n"
    "    local '' : struct EXT address_taken temporary\n"
    "    local g_Id : u8\n"
    "    local 't0' : struct EXT[2]\n"
    "    temp t0 : i32\n"
    "    temp t1 : struct EXT*\n"
    "    temp t2 : u8\n"
    "  b0:\n"
    "    scope status @ 31:14\n"
    "    t0 = call NmrRegisterClient(&g_Client:struct CLIENT*, Ext, &Ext->Handle) @ 35:14\n"
    "    store status = t0 !init @ 35:5\n"
    "    store Ext->Count:u8 = 5:u8\n"
    "    store Ext->Busy = 1:u32 !volatile\n"
    "    store Ext->#5.Half<4> = (Ext->Next->Count + 1:u32)\n"
    "    store g_Table[Mode].Names[(Mode & 3:u32)] = 65:u16\n"
    "    store Ext->Next->[2].Count = ~(Ext->Count)\n"
    "    store *t1 = -(Mode):i32\n"
    "    copy '' = *t1\n"
    "    copy 't0'[1] = g_Ext\n"
    "    assume (status >= 0) !assert @ 36:5 in NT_ASSERT\n"
    "    branch (t0 <{u32} 0) b1 b2 @ 37:9\n"
    "  b1:\n"
    "    t1 = (struct EXT*)Ext->Handle\n"
    "    t2 = g_Id type none\n"
    "    call (Ext->Cleanup)(&::g_Id, \"text \\\"quoted\\\"\", \"wide\":u16 const*, unknown:f64, volatile(g_Ext.Mode)) "
    "!void_cast\n"
    "    call ((void(1)*)Ext->Handle)(Ext->(struct CLIENT)Version)\n"
    "    t2 = !(t0:u8):u8\n"
    "    t2 = (((Ext->Count << 2) | 1):u8 == 0:u8):u8\n"
    "    store status#2 = *Ext->Handle:i64\n"
    "    end status#2\n"
    "    switch Mode { 1 b2 3..5 b3 -1 b1 } b4 @ 50:5\n"
    "  b2:\n"
    "    jump b3\n"
    "  b3:\n"
    "    exception b4 b5\n"
    "  b4:\n"
    "    return status @ 60:5\n"
    "  b5:\n"
    "    unreachable\n"
    "}\n"
    "function Attach#2 : void(0) static;\n"
    "function '?Method@Driver@@QEAAXXZ' : i32(2) method virtual {\n"
    "    param this : struct EXT*\n"
    "    param '' : struct EXT* temporary flags 4\n"
    "}\n"
    "gap header \"fwpsk.h\" \"not found\" @ driver.c:2:10\n"
    "gap note \"x\" \"y\"\n";

struct nc_module *nc_read_or_fail(const char *text)
{
    char *error = NULL;
    struct nc_module *m = nc_module_read_text(text, "text", &error);

    if (!m)
        fail_msg("%s", error);
    return m;
}

char *nc_dump_text(const struct nc_module *m)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    nc_module_dump(m, out);
    fclose(out);
    return text;
}

void nc_assert_same_text(const char *have, const char *want)
{
    for (int line = 1;; line++) {
        const size_t h = strcspn(have, "\n"), w = strcspn(want, "\n");

        if (h != w || strncmp(have, want, h) != 0)
            fail_msg("line %d: have \"%.*s\", want \"%.*s\"", line, (int)h, have, (int)w, want);
        if (!have[h] && !want[w])
            return;
        if (!have[h] || !want[w])
            fail_msg("line %d: one of the texts ends here", line);
        have += h + 1;
        want += w + 1;
    }
}

nc_id nc_find_function(const struct nc_module *m, const char *name)
{
    for (nc_id i = 0; i < m->functions_count; i++)
        if (!strcmp(nc_string(m, m->functions[i].name), name))
            return i;
    return NC_NONE;
}

nc_id nc_find_global(const struct nc_module *m, const char *name)
{
    for (nc_id i = 0; i < m->globals_count; i++)
        if (!strcmp(nc_string(m, m->globals[i].name), name))
            return i;
    return NC_NONE;
}

nc_id nc_find_record(const struct nc_module *m, const char *name)
{
    for (nc_id i = 0; i < m->types_count; i++)
        if (m->types[i].kind == NC_TY_RECORD && !strcmp(nc_string(m, m->types[i].name), name))
            return i;
    return NC_NONE;
}
