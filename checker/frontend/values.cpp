/* Rvalues. */
#include "clang/AST/ExprCXX.h"

#include "frontend/function.h"

using namespace clang;

namespace nc
{

bool FunctionLowering::has_effects(const Expr *e) const { return e->HasSideEffects(ast_, true); }

nc_id FunctionLowering::load(nc_id address, QualType type, SourceLocation loc)
{
    bool is_volatile = type.isVolatileQualified();
    nc_id v = exprs_.load(address, types_.get(type), is_volatile);
    /* Each read of a volatile object is one event, in order. */
    return is_volatile ? set(v, loc) : v;
}

nc_id FunctionLowering::value(const Expr *e)
{
    Nesting nesting(*this);
    if (nesting.too_deep)
        return unknown(e->getType());
    nc_id v = value_of_kind(e);
    if (v == NC_NONE)
        return unknown(e->getType());
    return exprs_.depth(v) > 200 ? hold(v, e->getBeginLoc()) : v;
}

nc_id FunctionLowering::rvalue(const Expr *e)
{
    if (!e->isGLValue())
        return value(e);
    QualType type = e->getType();
    if (type->isFunctionType() || type->isArrayType() || type->isRecordType()) {
        nc_id a = address(e);
        mark_address_taken(a);
        return a;
    }
    return load(address(e), type, e->getBeginLoc());
}

nc_id FunctionLowering::constant_value(const Expr *e)
{
    Expr::EvalResult result;
    if (e->isValueDependent() || e->containsErrors() || !e->EvaluateAsInt(result, ast_))
        return NC_NONE;
    if (t_.is_made_up(e)) {
        const auto *size = dyn_cast<UnaryExprOrTypeTraitExpr>(e);
        return size ? t_.unknown_constant("sizeof(" + size->getTypeOfArgument().getAsString() + ")", e->getType())
                    : NC_NONE;
    }
    return exprs_.integer(bits_of(result.Val.getInt()), types_.get(e->getType()));
}

nc_id FunctionLowering::value_of_kind(const Expr *e)
{
    QualType type = e->getType();
    switch (e->getStmtClass()) {
    case Stmt::ParenExprClass:
        return value(cast<ParenExpr>(e)->getSubExpr());
    case Stmt::ConstantExprClass: {
        const auto *constant = cast<ConstantExpr>(e);
        if (constant->hasAPValueResult() && constant->getAPValueResult().isInt() && !t_.is_made_up(e))
            return exprs_.integer(bits_of(constant->getAPValueResult().getInt()), types_.get(type));
        return value(constant->getSubExpr());
    }
    case Stmt::ExprWithCleanupsClass: {
        size_t depth = cleanups_.size();
        nc_id v = value(cast<ExprWithCleanups>(e)->getSubExpr());
        bool destroys = false;
        for (size_t i = depth; i < cleanups_.size(); ++i)
            destroys = destroys || cleanups_[i].kind == Cleanup::Destroy;
        if (destroys) {
            if (v != NC_NONE && !type->isRecordType())
                v = hold(v, e->getBeginLoc());
            if (!type->isRecordType())
                pop_to(depth);
        }
        return v;
    }
    case Stmt::GenericSelectionExprClass:
        return cast<GenericSelectionExpr>(e)->isResultDependent()
                   ? NC_NONE
                   : value(cast<GenericSelectionExpr>(e)->getResultExpr());
    case Stmt::ChooseExprClass:
        return value(cast<ChooseExpr>(e)->getChosenSubExpr());
    case Stmt::OpaqueValueExprClass: {
        const auto *opaque = cast<OpaqueValueExpr>(e);
        auto known = opaque_.find(opaque);
        if (known != opaque_.end())
            return known->second;
        return opaque->getSourceExpr() ? rvalue(opaque->getSourceExpr()) : NC_NONE;
    }
    case Stmt::IntegerLiteralClass: {
        const llvm::APInt &v = cast<IntegerLiteral>(e)->getValue();
        return exprs_.integer((int64_t)v.getLoBits(64).getLimitedValue(), types_.get(type));
    }
    case Stmt::CharacterLiteralClass:
        return exprs_.integer((int64_t)(int32_t)cast<CharacterLiteral>(e)->getValue(), types_.get(type));
    case Stmt::ImplicitValueInitExprClass:
        return type->isRecordType() || type->isArrayType() || types_.row(types_.get(type)).kind == NC_TY_FLOAT
                   ? NC_NONE
                   : exprs_.integer(0, types_.get(type));
    case Stmt::UnaryExprOrTypeTraitExprClass:
    case Stmt::OffsetOfExprClass: {
        nc_id v = constant_value(e);
        if (v == NC_NONE)
            child_effects(e);
        return v;
    }
    case Stmt::DeclRefExprClass: {
        const auto *ref = cast<DeclRefExpr>(e);
        const auto *constant = dyn_cast<EnumConstantDecl>(ref->getDecl());
        if (constant && t_.is_made_up(constant))
            return t_.unknown_constant(constant->getName(), type);
        if (constant)
            return exprs_.integer(bits_of(constant->getInitVal()), types_.get(type));
        return e->isGLValue() ? rvalue(e) : NC_NONE;
    }
    case Stmt::ImplicitCastExprClass:
    case Stmt::CStyleCastExprClass:
    case Stmt::CXXStaticCastExprClass:
    case Stmt::CXXReinterpretCastExprClass:
    case Stmt::CXXConstCastExprClass:
    case Stmt::CXXDynamicCastExprClass:
    case Stmt::CXXFunctionalCastExprClass:
    case Stmt::CXXAddrspaceCastExprClass:
        if (type->isRecordType())
            return record_address(e);
        return e->isGLValue() ? rvalue(e) : cast_value(cast<CastExpr>(e));
    case Stmt::BinaryOperatorClass:
        if (type->isRecordType())
            return record_address(e);
        return e->isGLValue() ? rvalue(e) : binary_value(cast<BinaryOperator>(e));
    case Stmt::CompoundAssignOperatorClass:
        return e->isGLValue() ? rvalue(e) : compound_assign(cast<CompoundAssignOperator>(e), true);
    case Stmt::UnaryOperatorClass:
        return e->isGLValue() ? rvalue(e) : unary_value(cast<UnaryOperator>(e));
    case Stmt::ConditionalOperatorClass:
    case Stmt::BinaryConditionalOperatorClass:
        if (type->isRecordType())
            return record_address(e);
        return e->isGLValue() ? rvalue(e) : conditional_value(cast<AbstractConditionalOperator>(e));
    case Stmt::CallExprClass:
    case Stmt::CXXMemberCallExprClass:
    case Stmt::CXXOperatorCallExprClass:
    case Stmt::UserDefinedLiteralClass: {
        if (type->isRecordType() && !e->isGLValue())
            return record_address(e);
        nc_id v = call(cast<CallExpr>(e), false);
        if (e->isGLValue() && v != NC_NONE && !type->isRecordType() && !type->isArrayType() && !type->isFunctionType())
            return load(v, type, e->getBeginLoc());
        return v;
    }
    case Stmt::StmtExprClass:
        return type->isRecordType() ? record_address(e) : statement_value(cast<StmtExpr>(e), true);
    case Stmt::InitListExprClass: {
        const auto *list = cast<InitListExpr>(e);
        if (type->isRecordType() || type->isArrayType())
            return record_address(e);
        if (list->getNumInits() == 1)
            return value(list->getInit(0));
        return list->getNumInits() == 0 ? exprs_.integer(0, types_.get(type)) : NC_NONE;
    }
    case Stmt::VAArgExprClass:
        effects(cast<VAArgExpr>(e)->getSubExpr());
        return type->isRecordType() ? record_address(e) : NC_NONE;
    case Stmt::AtomicExprClass:
        return atomic(cast<AtomicExpr>(e));
    case Stmt::RecoveryExprClass:
        if (const auto *decl = recovered_name(e); decl && !decl->getType()->isDependentType()) {
            nc_id a = variable_address(decl, e->getBeginLoc());
            QualType known = decl->getType();
            if (a == NC_NONE || known->isRecordType() || known->isArrayType() || known->isFunctionType())
                return a;
            return load(a, known.getNonReferenceType(), e->getBeginLoc());
        }
        recovery(cast<RecoveryExpr>(e));
        return NC_NONE;
    case Stmt::GNUNullExprClass:
        return exprs_.integer(0, types_.get(type));
    case Stmt::FloatingLiteralClass:
    case Stmt::ImaginaryLiteralClass:
    case Stmt::AddrLabelExprClass:
        return NC_NONE;
    case Stmt::MemberExprClass:
    case Stmt::ArraySubscriptExprClass:
    case Stmt::CompoundLiteralExprClass:
    case Stmt::StringLiteralClass:
    case Stmt::PredefinedExprClass:
        if (!e->isGLValue()) { /* a member of a returned record */
            nc_id a = address(e);
            return type->isRecordType() || type->isArrayType() ? a : load(a, type, e->getBeginLoc());
        }
        return rvalue(e);
    default:
        return cxx_value(e);
    }
}

nc_id FunctionLowering::cast_value(const CastExpr *e)
{
    const Expr *sub = e->getSubExpr();
    QualType type = e->getType();
    switch (e->getCastKind()) {
    case CK_LValueToRValue:
    case CK_LValueToRValueBitCast:
        return load(address(sub), sub->getType(), e->getBeginLoc());
    case CK_ArrayToPointerDecay: {
        nc_id a = sub->isGLValue() ? address(sub) : record_address(sub);
        mark_address_taken(a);
        return a;
    }
    case CK_FunctionToPointerDecay:
        return address(sub);
    case CK_BuiltinFnToFnPtr:
        return address(sub);
    case CK_NullToPointer:
        effects(sub);
        return exprs_.integer(0, types_.get(type));
    case CK_ToVoid:
        effects(sub);
        return exprs_.integer(0, types_.int_type());
    case CK_IntegralToBoolean:
    case CK_PointerToBoolean: {
        nc_id v = value(sub), from = exprs_.row(v).type;
        nc_id truth = exprs_.compare(NC_EX_NE, v, exprs_.integer(0, from), from);
        return exprs_.cast(truth, types_.get(type));
    }
    case CK_DerivedToBase:
    case CK_UncheckedDerivedToBase:
    case CK_BaseToDerived:
        return base_address(value(sub), e);
    case CK_UserDefinedConversion:
    case CK_ConstructorConversion:
        return type->isRecordType() ? record_address(e) : value(sub);
    case CK_IntegralCast:
    case CK_BooleanToSignedIntegral:
    case CK_PointerToIntegral:
    case CK_IntegralToPointer:
        return exprs_.cast(value(sub), types_.get(type));
    case CK_FloatingToIntegral:
    case CK_FloatingToBoolean:
    case CK_IntegralToFloating:
    case CK_FloatingCast:
        value(sub);
        return NC_NONE;
    case CK_BitCast:
    case CK_NoOp:
    case CK_CPointerToObjCPointerCast:
    case CK_AddressSpaceConversion:
    case CK_AtomicToNonAtomic:
    case CK_NonAtomicToAtomic:
    case CK_Dynamic:
    case CK_ReinterpretMemberPointer:
        return sub->isGLValue() ? rvalue(sub) : value(sub);
    default:
        effects(sub);
        return NC_NONE;
    }
}

nc_id FunctionLowering::arithmetic(BinaryOperatorKind op, nc_id a, nc_id b, QualType left, QualType right,
                                   QualType type)
{
    nc_id result = types_.get(type);
    auto element = [&](QualType pointer) {
        QualType pointee = pointer->getPointeeType();
        return std::pair((int64_t)std::max<uint64_t>(types_.size(pointee), 1),
                         pointee->isVariableArrayType() || pointee->isIncompleteType());
    };
    if (op == BO_Add || op == BO_Sub) {
        bool left_pointer = left->isPointerType(), right_pointer = right->isPointerType();
        if (left_pointer && right_pointer) {
            nc_id integer = types_.ptrdiff_type();
            nc_id bytes = exprs_.binary(NC_EX_SUB, exprs_.cast(a, integer), exprs_.cast(b, integer), integer);
            int64_t size = element(left).first;
            nc_id count = size == 1 ? bytes : exprs_.binary(NC_EX_DIV, bytes, exprs_.integer(size, integer), integer);
            return exprs_.cast(count, result);
        }
        if (left_pointer || right_pointer) {
            if (right_pointer)
                std::swap(a, b), std::swap(left, right);
            auto [size, variable] = element(left);
            if (variable && left->getPointeeType()->isVariableArrayType())
                b = exprs_.unknown(types_.ptrdiff_type());
            if (op == BO_Sub)
                b = exprs_.unary(NC_EX_NEG, exprs_.cast(b, types_.ptrdiff_type()), types_.ptrdiff_type());
            return exprs_.index(a, b, size, result);
        }
    }
    switch (op) {
    case BO_Add:
        return exprs_.binary(NC_EX_ADD, a, b, result);
    case BO_Sub:
        return exprs_.binary(NC_EX_SUB, a, b, result);
    case BO_Mul:
        return exprs_.binary(NC_EX_MUL, a, b, result);
    case BO_Div:
        return exprs_.binary(NC_EX_DIV, a, b, result);
    case BO_Rem:
        return exprs_.binary(NC_EX_REM, a, b, result);
    case BO_And:
        return exprs_.binary(NC_EX_AND, a, b, result);
    case BO_Or:
        return exprs_.binary(NC_EX_OR, a, b, result);
    case BO_Xor:
        return exprs_.binary(NC_EX_XOR, a, b, result);
    case BO_Shl:
        return exprs_.binary(NC_EX_SHL, a, b, result);
    case BO_Shr:
        return exprs_.binary(NC_EX_SHR, a, b, result);
    default:
        return NC_NONE;
    }
}

nc_id FunctionLowering::binary_value(const BinaryOperator *e)
{
    const Expr *left = e->getLHS(), *right = e->getRHS();
    if (e->getOpcode() == BO_Assign)
        return assign(e, true);
    if (e->getOpcode() == BO_Comma) {
        effects(left);
        return value(right);
    }
    if (e->isLogicalOp())
        return logical_value(e);
    if (e->isPtrMemOp()) {
        effects(left);
        effects(right);
        return NC_NONE;
    }
    nc_id a = value(left);
    if (exprs_.may_change(a) && has_effects(right))
        a = hold(a, left->getBeginLoc());
    nc_id b = value(right);
    if (e->isComparisonOp()) {
        nc_expr_op op;
        switch (e->getOpcode()) {
        case BO_EQ:
            op = NC_EX_EQ;
            break;
        case BO_NE:
            op = NC_EX_NE;
            break;
        case BO_LT:
            op = NC_EX_LT;
            break;
        case BO_LE:
            op = NC_EX_LE;
            break;
        case BO_GT:
            op = NC_EX_GT;
            break;
        case BO_GE:
            op = NC_EX_GE;
            break;
        default:
            return NC_NONE;
        }
        /* Comparing a pointer with 0 or another pointer type: the left operand's type stands for both. */
        QualType operand = left->getType();
        if (!operand->isPointerType() && right->getType()->isPointerType())
            operand = right->getType();
        return exprs_.cast(exprs_.compare(op, a, b, types_.get(operand)), types_.get(e->getType()));
    }
    return arithmetic(e->getOpcode(), a, b, left->getType(), right->getType(), e->getType());
}

nc_id FunctionLowering::unary_value(const UnaryOperator *e)
{
    const Expr *sub = e->getSubExpr();
    nc_id type = types_.get(e->getType());
    switch (e->getOpcode()) {
    case UO_PostInc:
    case UO_PostDec:
    case UO_PreInc:
    case UO_PreDec:
        return increment(e, true);
    case UO_AddrOf: {
        if (e->getType()->isMemberPointerType())
            return NC_NONE;
        nc_id a = sub->isGLValue() ? address(sub) : record_address(sub);
        mark_address_taken(a);
        return a;
    }
    case UO_Plus:
    case UO_Extension:
        return sub->isGLValue() ? rvalue(sub) : value(sub);
    case UO_Minus:
        return exprs_.unary(NC_EX_NEG, value(sub), type);
    case UO_Not:
        return exprs_.unary(NC_EX_NOT, value(sub), type);
    case UO_LNot: {
        const Expr *plain = sub->IgnoreParenImpCasts();
        if (const auto *op = dyn_cast<BinaryOperator>(plain); op && op->isLogicalOp())
            return logical_value(e);
        nc_id v = value(sub);
        if (types_.row(exprs_.row(v).type).kind == NC_TY_FLOAT)
            return NC_NONE;
        return exprs_.unary(NC_EX_LNOT, v, type);
    }
    default:
        effects(sub);
        return NC_NONE;
    }
}

nc_id FunctionLowering::conditional_value(const AbstractConditionalOperator *e)
{
    nc_id type = types_.get(e->getType());
    bool is_void = e->getType()->isVoidType();
    nc_id temp = is_void ? NC_NONE : new_temp();
    Block yes = new_block(), no = new_block(), after = new_block();
    if (const auto *gnu = dyn_cast<BinaryConditionalOperator>(e)) {
        nc_id common = hold(rvalue(gnu->getCommon()), e->getBeginLoc());
        opaque_[gnu->getOpaqueValue()] = common;
    }
    condition(e->getCond(), yes, no);
    for (auto [block, arm] : { std::pair(yes, e->getTrueExpr()), std::pair(no, e->getFalseExpr()) }) {
        current_ = block;
        if (is_void || arm->getType()->isVoidType()) {
            effects(arm);
            if (temp != NC_NONE && open())
                set_temp(temp, exprs_.unknown(type), arm->getBeginLoc());
        } else {
            nc_id v = value(arm);
            if (open())
                set_temp(temp, v, arm->getBeginLoc());
        }
        jump(after);
    }
    current_ = after;
    return is_void ? exprs_.integer(0, types_.int_type()) : temp_value(temp, type);
}

nc_id FunctionLowering::statement_value(const StmtExpr *e, bool wanted)
{
    const CompoundStmt *body = e->getSubStmt();
    size_t depth = cleanups_.size();
    owners_.push_back(body);
    nc_id result = NC_NONE;
    for (const Stmt *child : body->body()) {
        const Stmt *inner = child;
        if (wanted && child == body->body_back()) {
            while (const auto *labelled = dyn_cast<LabelStmt>(inner)) {
                start(label_block(labelled->getDecl()));
                inner = labelled->getSubStmt();
            }
            if (const auto *attributed = dyn_cast<AttributedStmt>(inner))
                inner = attributed->getSubStmt();
            if (const auto *last = dyn_cast<Expr>(inner); last && !last->getType()->isVoidType()) {
                if (last->getType()->isRecordType() && !last->isGLValue())
                    result = record_address(last);
                else
                    result = hold(rvalue(last), last->getBeginLoc());
                continue;
            }
        }
        stmt(inner);
    }
    pop_to(depth);
    owners_.pop_back();
    return result;
}

} // namespace nc
