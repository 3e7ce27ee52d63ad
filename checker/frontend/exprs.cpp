#include "frontend/exprs.h"

#include "clang/AST/ExprObjC.h"

namespace nc
{

namespace
{

nc_expr blank(nc_expr_op op, nc_id type)
{
    nc_expr e = {};
    e.op = (uint8_t)op;
    e.type = type;
    e.a = e.b = e.aux = NC_NONE;
    return e;
}

} // namespace

nc_id Exprs::add(const nc_expr &e, bool changes)
{
    nc_id id = nc_builder_expr(b_, &e);
    if (id >= changes_.size()) {
        changes_.resize(id + 1);
        depths_.resize(id + 1);
    }
    changes_[id] = changes;
    unsigned below = 0;
    if (e.op >= NC_EX_LOAD) {
        below = e.a == NC_NONE ? 0 : depth(e.a);
        if (e.op != NC_EX_FIELD && e.b != NC_NONE)
            below = std::max(below, depth(e.b));
    }
    depths_[id] = (uint16_t)std::min(below + 1, 65535u);
    return id;
}

/* `value` cut to the width of `type` and extended by its sign. */
int64_t Exprs::fit(int64_t value, nc_id type) const
{
    const nc_type &t = types_.row(type);
    if (t.kind != NC_TY_INT || t.size == 0 || t.size >= 8)
        return value;
    unsigned shift = 64 - (unsigned)t.size * 8;
    uint64_t bits = (uint64_t)value << shift;
    return t.is_signed ? (int64_t)bits >> shift : (int64_t)(bits >> shift);
}

nc_id Exprs::integer(int64_t value, nc_id type)
{
    nc_expr e = blank(NC_EX_INT, type);
    e.value = fit(value, type);
    return add(e, false);
}

nc_id Exprs::unknown(nc_id type) { return add(blank(NC_EX_UNKNOWN, type), true); }

nc_id Exprs::string(llvm::StringRef text)
{
    nc_expr e = blank(NC_EX_STRING, types_.void_pointer());
    e.a = nc_builder_string_n(b_, text.data(), text.size());
    return add(e, false);
}

nc_id Exprs::leaf(nc_expr_op op, nc_id index, nc_id type)
{
    nc_expr e = blank(op, type);
    e.a = index;
    return add(e, false);
}

nc_id Exprs::load(nc_id address, nc_id type, bool is_volatile)
{
    nc_expr e = blank(NC_EX_LOAD, type);
    e.a = address;
    e.flags = is_volatile ? NC_EXF_VOLATILE : 0;
    return add(e, true);
}

nc_id Exprs::field(nc_id base, const clang::FieldDecl *field)
{
    nc_id index = types_.field(field);
    nc_id type = types_.pointer_to(field->getType());
    uint64_t offset = types_.offset(field);
    int64_t constant;
    if (is_constant(base, &constant)) /* offsetof by hand */
        return integer(constant + (int64_t)(offset / 8), type);
    if (index == NC_NONE)
        return unknown(type);
    nc_expr e = blank(NC_EX_FIELD, type);
    e.a = base;
    e.b = index;
    e.value = (int64_t)offset;
    e.aux = types_.record(field->getParent());
    return add(e, may_change(base));
}

nc_id Exprs::index(nc_id base, nc_id number, int64_t element_size, nc_id type)
{
    int64_t n, constant;
    if (is_constant(number, &n)) {
        if (n == 0)
            return base;
        if (is_constant(base, &constant))
            return integer((int64_t)((uint64_t)constant + (uint64_t)n * (uint64_t)element_size), type);
    }
    nc_expr e = blank(NC_EX_INDEX, type);
    e.a = base;
    e.b = number;
    e.value = element_size;
    return add(e, may_change(base) || may_change(number));
}

bool Exprs::is_constant(nc_id id, int64_t *value) const
{
    const nc_expr &e = row(id);
    if (e.op != NC_EX_INT)
        return false;
    if (value)
        *value = e.value;
    return true;
}

/* Operands as they lie in the model: extended to 64 bits by the sign of their type. */
bool Exprs::fold(nc_expr_op op, int64_t a, int64_t b, nc_id operand_type, int64_t *result) const
{
    const nc_type &t = types_.row(operand_type);
    bool is_signed = t.kind == NC_TY_INT && t.is_signed;
    unsigned width = t.size && t.size < 8 ? (unsigned)t.size * 8 : 64;
    uint64_t ua = (uint64_t)a, ub = (uint64_t)b;
    switch (op) {
    case NC_EX_ADD:
        *result = (int64_t)(ua + ub);
        return true;
    case NC_EX_SUB:
        *result = (int64_t)(ua - ub);
        return true;
    case NC_EX_MUL:
        *result = (int64_t)(ua * ub);
        return true;
    case NC_EX_AND:
        *result = a & b;
        return true;
    case NC_EX_OR:
        *result = a | b;
        return true;
    case NC_EX_XOR:
        *result = a ^ b;
        return true;
    case NC_EX_DIV:
    case NC_EX_REM:
        if (b == 0 || (is_signed && b == -1))
            return false;
        if (op == NC_EX_DIV)
            *result = is_signed ? a / b : (int64_t)(ua / ub);
        else
            *result = is_signed ? a % b : (int64_t)(ua % ub);
        return true;
    case NC_EX_SHL:
    case NC_EX_SHR:
        if (b < 0 || ub >= width)
            return false;
        *result = op == NC_EX_SHL ? (int64_t)(ua << b) : is_signed ? a >> b : (int64_t)(ua >> b);
        return true;
    case NC_EX_EQ:
        *result = a == b;
        return true;
    case NC_EX_NE:
        *result = a != b;
        return true;
    case NC_EX_LT:
        *result = is_signed ? a < b : ua < ub;
        return true;
    case NC_EX_LE:
        *result = is_signed ? a <= b : ua <= ub;
        return true;
    case NC_EX_GT:
        *result = is_signed ? a > b : ua > ub;
        return true;
    case NC_EX_GE:
        *result = is_signed ? a >= b : ua >= ub;
        return true;
    default:
        return false;
    }
}

nc_id Exprs::binary(nc_expr_op op, nc_id a, nc_id b, nc_id type)
{
    int64_t x, y, result;
    if (types_.row(type).kind == NC_TY_FLOAT)
        return unknown(type);
    bool a_const = is_constant(a, &x), b_const = is_constant(b, &y);
    if (a_const && b_const && fold(op, x, y, type, &result))
        return integer(result, type);
    if (b_const && y == 0 &&
        (op == NC_EX_ADD || op == NC_EX_SUB || op == NC_EX_OR || op == NC_EX_XOR || op == NC_EX_SHL || op == NC_EX_SHR))
        return a;
    nc_expr e = blank(op, type);
    e.a = a;
    e.b = b;
    return add(e, may_change(a) || may_change(b));
}

nc_id Exprs::compare(nc_expr_op op, nc_id a, nc_id b, nc_id operand_type)
{
    nc_id type = types_.int_type();
    int64_t x, y, result;
    if (types_.row(operand_type).kind == NC_TY_FLOAT)
        return unknown(type);
    if (is_constant(a, &x) && is_constant(b, &y) && fold(op, x, y, operand_type, &result))
        return integer(result, type);
    nc_expr e = blank(op, type);
    e.a = a;
    e.b = b;
    e.aux = operand_type;
    return add(e, may_change(a) || may_change(b));
}

nc_id Exprs::unary(nc_expr_op op, nc_id a, nc_id type)
{
    int64_t x;
    if (types_.row(type).kind == NC_TY_FLOAT)
        return unknown(type);
    if (is_constant(a, &x))
        return integer(op == NC_EX_NEG ? (int64_t)(0 - (uint64_t)x) : op == NC_EX_NOT ? ~x : !x, type);
    if (op == NC_EX_LNOT) { /* a comparison negated is the opposite comparison */
        const nc_expr inner = row(a);
        static const uint8_t opposite[] = { NC_EX_NE, NC_EX_EQ, NC_EX_GE, NC_EX_GT, NC_EX_LE, NC_EX_LT };
        if (inner.op >= NC_EX_EQ && inner.op <= NC_EX_GE)
            return compare((nc_expr_op)opposite[inner.op - NC_EX_EQ], inner.a, inner.b, inner.aux);
        if (inner.op == NC_EX_LNOT) {
            nc_id operand = row(inner.a).type;
            return compare(NC_EX_NE, inner.a, integer(0, operand), operand);
        }
    }
    nc_expr e = blank(op, type);
    e.a = a;
    return add(e, may_change(a));
}

nc_id Exprs::cast(nc_id a, nc_id type)
{
    const nc_expr from = row(a);
    const nc_type &to = types_.row(type), &old = types_.row(from.type);
    if (from.type == type)
        return a;
    if (from.op == NC_EX_INT)
        return integer(from.value, type);
    if (from.op == NC_EX_UNKNOWN)
        return unknown(type);
    if (to.kind == NC_TY_FLOAT || old.kind == NC_TY_FLOAT)
        return unknown(type);
    if (to.kind == NC_TY_POINTER) {
        if (old.kind == NC_TY_POINTER)
            return a;
        /* A pointer that made a round trip through an integer of its size is itself, with what was added to it. */
        if (from.op == NC_EX_CAST && old.size == to.size && types_.row(row(from.a).type).kind == NC_TY_POINTER)
            return from.a;
        if ((from.op == NC_EX_ADD || from.op == NC_EX_SUB) && old.size == to.size) {
            const nc_expr left = row(from.a);
            if (left.op == NC_EX_CAST && types_.row(row(left.a).type).kind == NC_TY_POINTER)
                return index(left.a, from.op == NC_EX_SUB ? unary(NC_EX_NEG, from.b, types_.ptrdiff_type()) : from.b, 1,
                             type);
        }
    }
    /* A truth value is 0 or 1 in every integer type. */
    if (to.kind == NC_TY_INT && ((from.op >= NC_EX_EQ && from.op <= NC_EX_GE) || from.op == NC_EX_LNOT))
        return a;
    if (to.kind == NC_TY_INT && old.kind == NC_TY_INT && to.size == old.size && to.is_signed == old.is_signed)
        return a;
    nc_expr e = blank(NC_EX_CAST, type);
    e.a = a;
    return add(e, may_change(a));
}

nc_id Exprs::root_local(nc_id address) const
{
    while (address != NC_NONE) {
        const nc_expr &e = row(address);
        if (e.op == NC_EX_LOCAL)
            return e.a;
        if (e.op != NC_EX_FIELD && e.op != NC_EX_INDEX && e.op != NC_EX_CAST)
            return NC_NONE;
        address = e.a;
    }
    return NC_NONE;
}

} // namespace nc
