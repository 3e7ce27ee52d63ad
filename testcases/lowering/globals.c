// Globals: initialisers cell by cell, sections, addresses of other things.
typedef int ROUTINE(int);
typedef ROUTINE *PROUTINE;
typedef void (*PDIRECT)(void);
struct table {
    unsigned length;
    PROUTINE first;
    ROUTINE *second[2];
    PDIRECT direct;
};
// DUMP: struct table
// DUMP: first : i32(1)* role ROUTINE
// SAME: second : i32(1)*[2] role ROUTINE
// SAME: direct : void(0)* role PDIRECT
// DUMP: global zero : i32
// DUMP: global dispatch : struct table
// SAME: 0 : u32 = 40:u32
// SAME: 64 : i32(1)* = &handler
// SAME: 192 : i32(1)* = &handler
// DUMP: global inner : i32*
// SAME: = &numbers[2:i64]
// DUMP: global literal
// SAME: = &'compound literal at globals.c:
// DUMP: global paged : i32
// ALSO: section "PAGEDATA"
// DUMP: global placed
// ALSO: section "INITD"
// DUMP: global elsewhere : i32
// DUMP: global 'count_calls.count'
// ALSO: static_local

int zero;
static ROUTINE handler;
extern int elsewhere;
static const struct table dispatch = { .length = sizeof(struct table), handler, .second = { [1] = handler } };
static int numbers[3] = { 1, 2 };
int *inner = &numbers[2];
struct point {
    int x, y;
} *literal = &(struct point){ 1, 2 };
#pragma data_seg("PAGEDATA")
int paged = 3;
#pragma data_seg()
#pragma section("INITD", read, write)
__declspec(allocate("INITD")) int placed = 4;

static int handler(int a)
{
    return a + elsewhere + (int)dispatch.length;
}

int count_calls(void)
{
    static int count = 1;
    return count++;
}
