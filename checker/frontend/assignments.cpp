/* Side effects: assignments, increments, and expressions whose value is dropped. */
#include "clang/AST/ExprCXX.h"

#include "frontend/function.h"

using namespace clang;

namespace nc
{

nc_id FunctionLowering::assign(const BinaryOperator *e, bool wanted)
{
    const Expr *left = e->getLHS(), *right = e->getRHS();
    QualType type = left->getType();
    unsigned flags = type.isVolatileQualified() ? NC_INF_VOLATILE : 0;
    if (type->isRecordType()) {
        nc_id from = record_address(right);
        if (has_effects(left))
            from = hold(from, right->getBeginLoc());
        nc_id to = address(left);
        if (wanted)
            to = hold(to, left->getBeginLoc());
        copy(to, from, types_.get(type), e->getBeginLoc(), flags);
        return to;
    }
    nc_id v = value(right);
    if (wanted || has_effects(left))
        v = hold(v, right->getBeginLoc());
    nc_id to = address(left);
    if (wanted && e->isGLValue())
        to = hold(to, left->getBeginLoc());
    const nc_expr from = exprs_.row(v);
    /* (x) = (x) only silences a compiler. */
    if (!(from.op == NC_EX_LOAD && from.a == to && !flags))
        store(to, v, types_.get(type), e->getBeginLoc(), flags);
    return e->isGLValue() ? to : v;
}

nc_id FunctionLowering::compound_assign(const CompoundAssignOperator *e, bool wanted)
{
    const Expr *left = e->getLHS(), *right = e->getRHS();
    QualType type = left->getType();
    unsigned flags = type.isVolatileQualified() ? NC_INF_VOLATILE : 0;
    nc_id b = value(right);
    if (has_effects(left))
        b = hold(b, right->getBeginLoc());
    nc_id to = address(left);
    if (e->isGLValue())
        to = hold(to, left->getBeginLoc());
    nc_id a = load(to, type, left->getBeginLoc());
    QualType computation = e->getComputationLHSType();
    bool pointer = type->isPointerType();
    if (!pointer && !computation.isNull())
        a = exprs_.cast(a, types_.get(computation));
    nc_id v = arithmetic(BinaryOperator::getOpForCompoundAssignment(e->getOpcode()), a, b,
                         pointer || computation.isNull() ? type : computation, right->getType(),
                         pointer || e->getComputationResultType().isNull() ? type : e->getComputationResultType());
    if (v == NC_NONE)
        v = unknown(type);
    v = exprs_.cast(v, types_.get(type));
    if (wanted)
        v = hold(v, e->getBeginLoc());
    store(to, v, types_.get(type), e->getBeginLoc(), flags);
    return e->isGLValue() ? to : v;
}

nc_id FunctionLowering::increment(const UnaryOperator *e, bool wanted)
{
    const Expr *sub = e->getSubExpr();
    QualType type = sub->getType();
    nc_id to = address(sub);
    if (e->isGLValue())
        to = hold(to, e->getBeginLoc());
    nc_id old = load(to, type, e->getBeginLoc());
    if (wanted && e->isPostfix())
        old = hold(old, e->getBeginLoc());
    QualType one_type = type->isPointerType() ? ast_.IntTy : type;
    nc_id v = arithmetic(e->isIncrementOp() ? BO_Add : BO_Sub, old, exprs_.integer(1, types_.get(one_type)), type,
                         one_type, type);
    if (v == NC_NONE || type->isFloatingType())
        v = unknown(type);
    if (wanted && e->isPrefix() && !e->isGLValue())
        v = hold(v, e->getBeginLoc());
    store(to, v, types_.get(type), e->getBeginLoc(), type.isVolatileQualified() ? NC_INF_VOLATILE : 0);
    if (e->isGLValue())
        return to;
    return e->isPostfix() ? old : v;
}

void FunctionLowering::child_effects(const Stmt *s)
{
    for (const Stmt *child : s->children())
        if (const auto *e = dyn_cast_or_null<Expr>(child))
            effects(e);
        else if (child)
            stmt(child);
}

void FunctionLowering::effects(const Expr *e)
{
    Nesting nesting(*this);
    if (nesting.too_deep || too_large_)
        return;
    switch (e->getStmtClass()) {
    case Stmt::ParenExprClass:
        return effects(cast<ParenExpr>(e)->getSubExpr());
    case Stmt::ConstantExprClass:
        return effects(cast<ConstantExpr>(e)->getSubExpr());
    case Stmt::ExprWithCleanupsClass: {
        size_t depth = cleanups_.size();
        effects(cast<ExprWithCleanups>(e)->getSubExpr());
        return pop_to(depth);
    }
    case Stmt::GenericSelectionExprClass:
        if (!cast<GenericSelectionExpr>(e)->isResultDependent())
            effects(cast<GenericSelectionExpr>(e)->getResultExpr());
        return;
    case Stmt::ChooseExprClass:
        return effects(cast<ChooseExpr>(e)->getChosenSubExpr());
    case Stmt::DeclRefExprClass:
    case Stmt::IntegerLiteralClass:
    case Stmt::CharacterLiteralClass:
    case Stmt::StringLiteralClass:
    case Stmt::UnaryExprOrTypeTraitExprClass:
    case Stmt::OffsetOfExprClass:
        return;
    case Stmt::BinaryOperatorClass: {
        const auto *op = cast<BinaryOperator>(e);
        if (op->getOpcode() == BO_Assign) {
            assign(op, false);
            return;
        }
        if (op->isLogicalOp()) {
            Block rest = new_block(), after = new_block();
            if (op->getOpcode() == BO_LAnd)
                condition(op->getLHS(), rest, after);
            else
                condition(op->getLHS(), after, rest);
            current_ = rest;
            effects(op->getRHS());
            return start(after);
        }
        effects(op->getLHS());
        return effects(op->getRHS());
    }
    case Stmt::CompoundAssignOperatorClass:
        compound_assign(cast<CompoundAssignOperator>(e), false);
        return;
    case Stmt::UnaryOperatorClass: {
        const auto *op = cast<UnaryOperator>(e);
        if (op->isIncrementDecrementOp())
            increment(op, false);
        else
            effects(op->getSubExpr());
        return;
    }
    case Stmt::ConditionalOperatorClass: {
        const auto *choice = cast<ConditionalOperator>(e);
        if (!has_effects(choice->getTrueExpr()) && !has_effects(choice->getFalseExpr()))
            return effects(choice->getCond());
        Block yes = new_block(), no = new_block(), after = new_block();
        condition(choice->getCond(), yes, no);
        current_ = yes;
        effects(choice->getTrueExpr());
        jump(after);
        current_ = no;
        effects(choice->getFalseExpr());
        jump(after);
        current_ = after;
        return;
    }
    case Stmt::CallExprClass:
    case Stmt::CXXMemberCallExprClass:
    case Stmt::CXXOperatorCallExprClass:
        call(cast<CallExpr>(e), true);
        return;
    case Stmt::StmtExprClass:
        statement_value(cast<StmtExpr>(e), false);
        return;
    case Stmt::ImplicitCastExprClass:
    case Stmt::CStyleCastExprClass:
    case Stmt::CXXStaticCastExprClass:
    case Stmt::CXXFunctionalCastExprClass:
    case Stmt::CXXReinterpretCastExprClass:
    case Stmt::CXXConstCastExprClass: {
        const auto *c = cast<CastExpr>(e);
        if (c->getCastKind() == CK_LValueToRValue && c->getSubExpr()->getType().isVolatileQualified()) {
            /* naming a volatile variable with (void) is no access worth an event; reading through a pointer is */
            if (!isa<DeclRefExpr>(c->getSubExpr()->IgnoreParens()))
                value(e);
            return;
        }
        return effects(c->getSubExpr());
    }
    case Stmt::ArraySubscriptExprClass:
    case Stmt::MemberExprClass:
        return child_effects(e);
    case Stmt::RecoveryExprClass:
        return recovery(cast<RecoveryExpr>(e));
    case Stmt::ParenListExprClass: /* these two only stand in what was not understood, and have no type */
    case Stmt::DesignatedInitExprClass:
        return child_effects(e);
    case Stmt::CompoundLiteralExprClass:
        if (has_effects(e))
            record_address(e);
        return;
    default:
        if (!e->isValueDependent() && !has_effects(e))
            return;
        if (e->isGLValue())
            address(e);
        else if (e->getType()->isRecordType())
            record_address(e);
        else
            value(e);
        return;
    }
}

nc_id FunctionLowering::atomic(const AtomicExpr *e)
{
    nc_id pointer = hold(value(e->getPtr()), e->getBeginLoc());
    QualType type = e->getPtr()->getType()->getPointeeType().getUnqualifiedType();
    if (const auto *atomic_type = type->getAs<AtomicType>())
        type = atomic_type->getValueType();
    nc_id type_id = types_.get(type);
    StringRef name =
        e->getOp() == AtomicExpr::AO__atomic_load_n || e->getOp() == AtomicExpr::AO__c11_atomic_load ? "load" : "";
    if (name == "load")
        return set(exprs_.load(pointer, type_id, true), e->getBeginLoc());
    for (const Expr *sub : ArrayRef(const_cast<AtomicExpr *>(e)->getSubExprs(), e->getNumSubExprs()))
        if (sub && sub != e->getPtr() && e->getNumSubExprs() > 2)
            effects(sub);
    if (e->getOp() == AtomicExpr::AO__atomic_store_n || e->getOp() == AtomicExpr::AO__c11_atomic_store ||
        e->getOp() == AtomicExpr::AO__c11_atomic_init) {
        store(pointer, value(e->getVal1()), type_id, e->getBeginLoc(), NC_INF_VOLATILE);
        return exprs_.integer(0, types_.int_type());
    }
    store(pointer, exprs_.unknown(type_id), type_id, e->getBeginLoc(), NC_INF_VOLATILE);
    return NC_NONE;
}

} // namespace nc
