// Sections, roles, annotations, paged code, functions that do not return.
#define MARK(name, text) __attribute__((annotate("nmrcheck:" name, text)))
#define LEVEL(name, text, value) __attribute__((annotate("nmrcheck:" name, text, (long long)(value))))
typedef LEVEL("IRQL_requires_max", "PASSIVE_LEVEL", 0) void UNLOAD(MARK("Frees_ptr", "") void *driver);
void nmrcheck_paged_code(void);
void KeBugCheck(unsigned long);

// DUMP: role UNLOAD
// SAME: annot IRQL_requires_max "PASSIVE_LEVEL" = 0
// SAME: annot Frees_ptr "" param 0
UNLOAD Unload;
static void Helper(void);
#pragma alloc_text(PAGE, Helper, later)
#pragma alloc_text(INIT, \
                   entry)

void Unload(void *driver)
{
    nmrcheck_paged_code();
    Helper();
    (void)driver;
}
// DUMP: function Unload
// ALSO: paged_code role UNLOAD
// DUMP: call Helper() !void_cast

static void Helper(void) {}
// DUMP: function Helper
// ALSO: section "PAGE"

int later(int x) { return x; }
// DUMP: function later
// ALSO: section "PAGE"

int entry(void) { return later(1); }
// DUMP: function entry
// ALSO: section "INIT"

#pragma code_seg("PAGECODE")
void by_pragma(void) {}
#pragma code_seg()
__declspec(code_seg("PAGEX")) void by_declspec(void) {}
// DUMP: function by_pragma
// ALSO: section "PAGECODE"
// DUMP: function by_declspec
// ALSO: section "PAGEX"

LEVEL("IRQL_requires_max", "DISPATCH_LEVEL", 2) void declared(MARK("IRQL_restores", "") int old);

int ends(int x)
{
    if (x)
        KeBugCheck(1);
    declared(x);
    return 0;
}
// DUMP: function ends
// DUMP: call KeBugCheck(1
// SAME: unreachable
// DUMP: function declared
// DUMP: annot IRQL_requires_max "DISPATCH_LEVEL" = 2
// SAME: annot IRQL_restores "" param 0
