// Variables without an initialiser go where the pragma says, in C too.
#pragma bss_seg(push, "PAGEBSS")
static int paged_bss;
#pragma bss_seg(pop)
static int plain_bss;
#pragma bss_seg("PAGEB2")
int second_bss;
#pragma bss_seg()
int third_bss;
int use_bss(void) { return paged_bss + plain_bss + second_bss + third_bss; }
// DUMP: global paged_bss
// ALSO: section "PAGEBSS"
// DUMP: global plain_bss
// ALSO: static defined;
// DUMP: global second_bss
// ALSO: section "PAGEB2"
// DUMP: global third_bss
// ALSO: 9:5 defined;
