// Addresses, fields, initialisers, records.
typedef struct _POINT {
    int x, y;
} POINT;
typedef struct _NODE {
    struct _NODE *next;
    POINT at[4];
    union {
        int whole;
        struct {
            short low, high;
        };
    };
    unsigned flag : 3;
} NODE;

void use(void *);

POINT make(POINT from, int dx)
{
    from.x += dx;
    return from;
}
// DUMP: function make
// SAME: param from : struct _POINT*
// DUMP: copy from#2 = *from !init
// DUMP: store from#2.x = (from#2.x + dx)
// DUMP: copy *'' = from#2

void fields(NODE *n, int i)
{
    n->at[i].y = 3;
    n->high = 2;
    n->flag++;
    n->next->next = n;
}
// DUMP: function fields
// DUMP: store n->at[i].y = 3
// DUMP: .high = 2
// DUMP: store n->flag = (n->flag + 1:u32)
// DUMP: store n->next->next = n

void initialise(void)
{
    NODE node = { .at[1] = { 4, 5 }, .flag = 2 };
    POINT full = { 1, 2 };
    char text[] = "abc";
    use(&node);
    use(&full);
    use(text);
}
// DUMP: function initialise
// DUMP: local node : struct _NODE address_taken
// DUMP: call nmrcheck_zero(&node,
// SAME: store node.at[1:i64].x = 4 !init
// SAME: store node.at[1:i64].y = 5 !init
// SAME: store node.flag = 2
// SAME: scope full
// SAME: store full.x = 1 !init
// SAME: store full.y = 2 !init
// DUMP: store text = unknown

POINT *literal(void)
{
    use(&(POINT){ .y = 1 });
    POINT p = make((POINT){ 1, 2 }, 3);
    p = make(p, make(p, 1).x);
    return p.x ? 0 : &(POINT){ 0 };
}
// DUMP: function literal
// DUMP: call nmrcheck_zero(&'', 8
// DUMP: call use(&'')
// DUMP: call make(&
// DUMP: copy p =

#define FIELD_AT(type, field) ((long long)&(((type *)0)->field))
NODE *container(POINT *p)
{
    NODE *a = (NODE *)((char *)p - FIELD_AT(NODE, at));
    NODE *b = (NODE *)((unsigned long long)p - __builtin_offsetof(NODE, at));
    return a == b ? a : (NODE *)(void *)p;
}
// DUMP: function container
// DUMP: store a = &p->[-8:
// DUMP: store b = &p->[-8:

int pointers(int *p, int *q, volatile int *v)
{
    *p++ = *v;
    (void)*v;
    return (int)(q - p) + p[2];
}
// DUMP: function pointers
// DUMP: = volatile(*v)
// DUMP: store p = &
// DUMP: store *t
// DUMP: = volatile(*v)
