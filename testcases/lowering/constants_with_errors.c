// What is known of a global's initialiser is kept.
struct S {
    int first, second;
};
const struct S constant = { .missing = 2, .second = 9 };
// DUMP: global constant
// SAME: 32 : i32 = 9
