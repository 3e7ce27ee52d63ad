/* Conditions: short circuits become control flow. */
#include "clang/Basic/Builtins.h"

#include "frontend/function.h"

using namespace clang;

namespace nc
{

namespace
{

/* Whether `e` is a truth value by its form: 0 or 1, and worth taking apart. */
bool is_logical(const Expr *e)
{
    e = e->IgnoreParenImpCasts();
    if (const auto *op = dyn_cast<BinaryOperator>(e))
        return op->isLogicalOp() || op->isComparisonOp();
    if (const auto *op = dyn_cast<UnaryOperator>(e))
        return op->getOpcode() == UO_LNot;
    return false;
}

bool is_zero(const Expr *e, ASTContext &ast)
{
    Expr::EvalResult result;
    e = e->IgnoreParenImpCasts();
    return isa<IntegerLiteral, CXXBoolLiteralExpr>(e) && e->EvaluateAsInt(result, ast) && result.Val.getInt() == 0;
}

/* Conversions that keep the truth of a value. */
const Expr *same_truth(const Expr *e, ASTContext &ast)
{
    for (;;) {
        e = e->IgnoreParens();
        if (const auto *full = dyn_cast<ConstantExpr>(e)) {
            e = full->getSubExpr();
            continue;
        }
        const auto *cast = dyn_cast<CastExpr>(e);
        if (!cast)
            return e;
        const Expr *sub = cast->getSubExpr();
        switch (cast->getCastKind()) {
        case CK_NoOp:
            if (e->isGLValue())
                return e;
            break;
        case CK_IntegralToBoolean:
        case CK_PointerToBoolean:
        case CK_BitCast:
            break;
        case CK_IntegralCast:
            if (!is_logical(sub) && ast.getIntWidth(e->getType()) < ast.getIntWidth(sub->getType()))
                return e;
            break;
        default:
            return e;
        }
        e = sub;
    }
}

} // namespace

void FunctionLowering::condition(const Expr *e, Block then, Block otherwise)
{
    if (too_large_)
        return;
    e = same_truth(e, ast_);
    if (const auto *op = dyn_cast<BinaryOperator>(e)) {
        const Expr *left = op->getLHS(), *right = op->getRHS();
        switch (op->getOpcode()) {
        case BO_LAnd: {
            Block middle = new_block();
            condition(left, middle, otherwise);
            current_ = middle;
            return condition(right, then, otherwise);
        }
        case BO_LOr: {
            Block middle = new_block();
            condition(left, then, middle);
            current_ = middle;
            return condition(right, then, otherwise);
        }
        case BO_Comma:
            effects(left);
            return condition(right, then, otherwise);
        case BO_EQ:
        case BO_NE: {
            /* (a && b) == FALSE */
            if (is_logical(right) && is_zero(left, ast_))
                std::swap(left, right);
            if (is_logical(left) && is_zero(right, ast_))
                return op->getOpcode() == BO_NE ? condition(left, then, otherwise) : condition(left, otherwise, then);
            break;
        }
        default:
            break;
        }
    } else if (const auto *unary = dyn_cast<UnaryOperator>(e)) {
        if (unary->getOpcode() == UO_LNot)
            return condition(unary->getSubExpr(), otherwise, then);
    } else if (const auto *choice = dyn_cast<ConditionalOperator>(e)) {
        Block yes = new_block(), no = new_block();
        condition(choice->getCond(), yes, no);
        current_ = yes;
        condition(choice->getTrueExpr(), then, otherwise);
        current_ = no;
        return condition(choice->getFalseExpr(), then, otherwise);
    } else if (const auto *call = dyn_cast<CallExpr>(e)) {
        unsigned id = call->getBuiltinCallee();
        if ((id == Builtin::BI__builtin_expect || id == Builtin::BI__builtin_expect_with_probability) &&
            call->getNumArgs() > 0)
            return condition(call->getArg(0), then, otherwise);
    }
    nc_id v = value(e);
    if (v == NC_NONE)
        v = unknown(ast_.IntTy);
    branch(v, then, otherwise, e->getBeginLoc());
}

/* && and || where their value is wanted. */
nc_id FunctionLowering::logical_value(const Expr *e)
{
    nc_id type = types_.get(e->getType());
    nc_id temp = new_temp();
    Block yes = new_block(), no = new_block(), after = new_block();
    condition(e, yes, no);
    current_ = yes;
    set_temp(temp, exprs_.integer(1, type), e->getBeginLoc());
    jump(after);
    current_ = no;
    set_temp(temp, exprs_.integer(0, type), e->getBeginLoc());
    jump(after);
    current_ = after;
    return temp_value(temp, type);
}

/* From here on `e` is true (or false): each operand of a conjunction is an assumption of its own. */
void FunctionLowering::assume(const Expr *e, bool holds, bool assertion, SourceLocation loc)
{
    e = same_truth(e, ast_);
    if (const auto *op = dyn_cast<BinaryOperator>(e)) {
        bool conjunction = op->getOpcode() == (holds ? BO_LAnd : BO_LOr);
        if (conjunction) {
            assume(op->getLHS(), holds, assertion, loc);
            return assume(op->getRHS(), holds, assertion, loc);
        }
        if (op->isLogicalOp()) {
            Block done = new_block(), rest = new_block();
            if (holds)
                condition(op->getLHS(), done, rest);
            else
                condition(op->getLHS(), rest, done);
            current_ = rest;
            assume(op->getRHS(), holds, assertion, loc);
            return start(done);
        }
        if (op->getOpcode() == BO_Comma) {
            effects(op->getLHS());
            return assume(op->getRHS(), holds, assertion, loc);
        }
    }
    if (const auto *unary = dyn_cast<UnaryOperator>(e))
        if (unary->getOpcode() == UO_LNot)
            return assume(unary->getSubExpr(), !holds, assertion, loc);
    nc_id v = value(e);
    if (v == NC_NONE)
        return;
    if (!holds)
        v = exprs_.unary(NC_EX_LNOT, v, types_.int_type());
    int64_t constant;
    if (exprs_.is_constant(v, &constant)) {
        if (constant)
            return;
        /* A failed assertion is the analysis's to judge; __assume(0) ends the path. */
        if (!assertion)
            return unreachable(loc);
    }
    nc_inst &i = emit(NC_IN_ASSUME, loc);
    i.a = v;
    i.flags = assertion ? NC_INF_ASSERT : 0;
}

} // namespace nc
