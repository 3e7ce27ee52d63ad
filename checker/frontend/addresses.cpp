/* Lvalues, and where record values lie. */
#include "clang/AST/ExprCXX.h"

#include "frontend/function.h"

using namespace clang;

namespace nc
{

nc_id FunctionLowering::variable_address(const ValueDecl *decl, SourceLocation loc)
{
    QualType type = decl->getType();
    if (const auto *binding = dyn_cast<BindingDecl>(decl)) {
        if (const VarDecl *holding = binding->getHoldingVar())
            return variable_address(holding, loc);
        return binding->getBinding() ? address(binding->getBinding()) : NC_NONE;
    }
    if (const auto *fd = dyn_cast<FunctionDecl>(decl))
        return t_.function_value(fd);
    if (const auto *object = dyn_cast<TemplateParamObjectDecl>(decl))
        return unknown(ast_.getPointerType(object->getType()));
    auto captured = captures_.find(decl);
    nc_id a = NC_NONE;
    if (captured != captures_.end()) {
        a = exprs_.field(this_value(), captured->second);
        if (captured->second->getType()->isReferenceType())
            return exprs_.load(a, types_.pointer_to(captured->second->getType()->getPointeeType()), false);
        return a;
    }
    auto local = variables_.find(decl);
    if (local != variables_.end()) {
        a = local_address(local->second);
    } else if (const auto *var = dyn_cast<VarDecl>(decl)) {
        if (!var->hasGlobalStorage()) { /* a jump passed its declaration, or it was not understood */
            nc_id fresh = new_local(var->getName(), type, var->getLocation(), 0);
            variables_[decl] = fresh;
            a = local_address(fresh);
        } else {
            a = t_.global_address(t_.global(var));
        }
    }
    if (a == NC_NONE)
        return NC_NONE;
    if (type->isReferenceType())
        return exprs_.load(a, types_.pointer_to(type->getPointeeType()), false);
    return a;
}

nc_id FunctionLowering::address(const Expr *e)
{
    Nesting nesting(*this);
    nc_id a = nesting.too_deep ? NC_NONE : address_of_kind(e);
    if (a == NC_NONE)
        return exprs_.unknown(types_.pointer_to(e->getType()));
    return exprs_.depth(a) > 200 ? hold(a, e->getBeginLoc()) : a;
}

/* The address of the first element, for a base that is only indexed: the array's address goes nowhere. */
nc_id FunctionLowering::array_base(const Expr *e)
{
    const Expr *plain = e->IgnoreParens();
    if (const auto *decay = dyn_cast<ImplicitCastExpr>(plain))
        if (decay->getCastKind() == CK_ArrayToPointerDecay)
            return decay->getSubExpr()->isGLValue() ? address(decay->getSubExpr())
                                                    : record_address(decay->getSubExpr());
    return value(e);
}

nc_id FunctionLowering::member_address(const MemberExpr *e)
{
    const Expr *base = e->getBase();
    const ValueDecl *member = e->getMemberDecl();
    if (isa<VarDecl, FunctionDecl, EnumConstantDecl>(member)) {
        effects(base);
        return variable_address(member, e->getBeginLoc());
    }
    const auto *field = dyn_cast<FieldDecl>(member);
    nc_id object = e->isArrow() ? value(base) : base->isGLValue() ? address(base) : record_address(base);
    if (!field)
        return NC_NONE;
    nc_id a = exprs_.field(object, field);
    if (field->getType()->isReferenceType())
        return exprs_.load(a, types_.pointer_to(field->getType()->getPointeeType()), false);
    return a;
}

nc_id FunctionLowering::base_address(nc_id a, const CastExpr *e)
{
    int64_t offset = 0;
    const CXXRecordDecl *derived = nullptr;
    auto record_of = [](QualType type) {
        return type->isPointerType() ? type->getPointeeCXXRecordDecl() : type->getAsCXXRecordDecl();
    };
    bool down = e->getCastKind() == CK_BaseToDerived;
    derived = record_of(down ? e->getType() : e->getSubExpr()->getType());
    /* The path leads from the derived class to the base, in both directions. */
    for (const CXXBaseSpecifier *step : e->path()) {
        const CXXRecordDecl *base = step->getType()->getAsCXXRecordDecl();
        if (!derived || !base)
            break;
        offset += types_.base_offset(derived, base);
        derived = base;
    }
    nc_id number = exprs_.integer(down ? -offset : offset, types_.ptrdiff_type());
    QualType type = e->getType();
    return exprs_.index(a, number, 1, type->isPointerType() ? types_.get(type) : types_.pointer_to(type));
}

nc_id FunctionLowering::address_of_kind(const Expr *e)
{
    QualType type = e->getType();
    if (!e->isGLValue() && (type->isRecordType() || type->isArrayType()))
        if (!isa<MemberExpr, ArraySubscriptExpr, ParenExpr>(e))
            return record_address(e);
    switch (e->getStmtClass()) {
    case Stmt::ParenExprClass:
        return address(cast<ParenExpr>(e)->getSubExpr());
    case Stmt::ConstantExprClass:
        return address(cast<ConstantExpr>(e)->getSubExpr());
    case Stmt::ExprWithCleanupsClass:
        return address(cast<ExprWithCleanups>(e)->getSubExpr());
    case Stmt::GenericSelectionExprClass:
        return cast<GenericSelectionExpr>(e)->isResultDependent()
                   ? NC_NONE
                   : address(cast<GenericSelectionExpr>(e)->getResultExpr());
    case Stmt::ChooseExprClass:
        return address(cast<ChooseExpr>(e)->getChosenSubExpr());
    case Stmt::DeclRefExprClass:
        return variable_address(cast<DeclRefExpr>(e)->getDecl(), e->getBeginLoc());
    case Stmt::MemberExprClass:
        return member_address(cast<MemberExpr>(e));
    case Stmt::ArraySubscriptExprClass: {
        const auto *subscript = cast<ArraySubscriptExpr>(e);
        nc_id base = array_base(subscript->getBase());
        if (exprs_.may_change(base) && has_effects(subscript->getIdx()))
            base = hold(base, subscript->getBeginLoc());
        nc_id number = value(subscript->getIdx());
        if (type->isVariableArrayType())
            number = exprs_.unknown(types_.ptrdiff_type());
        return exprs_.index(base, number, (int64_t)std::max<uint64_t>(types_.size(type), 1), types_.pointer_to(type));
    }
    case Stmt::UnaryOperatorClass: {
        const auto *op = cast<UnaryOperator>(e);
        switch (op->getOpcode()) {
        case UO_Deref:
            return value(op->getSubExpr());
        case UO_PreInc:
        case UO_PreDec:
            return increment(op, true);
        case UO_Extension:
        case UO_Real:
        case UO_Imag:
            return address(op->getSubExpr());
        default:
            return NC_NONE;
        }
    }
    case Stmt::StringLiteralClass:
        return exprs_.string(Translation::text_of(cast<StringLiteral>(e)));
    case Stmt::PredefinedExprClass: {
        const StringLiteral *name = cast<PredefinedExpr>(e)->getFunctionName();
        return exprs_.string(name ? Translation::text_of(name) : "");
    }
    case Stmt::CompoundLiteralExprClass: {
        const auto *literal = cast<CompoundLiteralExpr>(e);
        if (literal->isFileScope())
            return t_.global_address(t_.compound_literal(literal));
        nc_id a = temporary(type, e->getBeginLoc());
        initialise(a, type, literal->getInitializer(), e->getBeginLoc());
        return a;
    }
    case Stmt::BinaryOperatorClass: {
        const auto *op = cast<BinaryOperator>(e);
        if (op->getOpcode() == BO_Assign)
            return assign(op, true);
        if (op->getOpcode() == BO_Comma) {
            effects(op->getLHS());
            return address(op->getRHS());
        }
        child_effects(e);
        return NC_NONE;
    }
    case Stmt::CompoundAssignOperatorClass:
        return compound_assign(cast<CompoundAssignOperator>(e), true);
    case Stmt::ConditionalOperatorClass: {
        const auto *choice = cast<ConditionalOperator>(e);
        Block yes = new_block(), no = new_block(), after = new_block();
        nc_id temp = new_temp();
        condition(choice->getCond(), yes, no);
        for (auto [b, arm] : { std::pair(yes, choice->getTrueExpr()), std::pair(no, choice->getFalseExpr()) }) {
            current_ = b;
            nc_id a = address(arm);
            mark_address_taken(a);
            if (open())
                set_temp(temp, a, arm->getBeginLoc());
            jump(after);
        }
        current_ = after;
        return temp_value(temp, types_.pointer_to(type));
    }
    case Stmt::ImplicitCastExprClass:
    case Stmt::CStyleCastExprClass:
    case Stmt::CXXStaticCastExprClass:
    case Stmt::CXXReinterpretCastExprClass:
    case Stmt::CXXConstCastExprClass:
    case Stmt::CXXDynamicCastExprClass:
    case Stmt::CXXFunctionalCastExprClass: {
        const auto *c = cast<CastExpr>(e);
        switch (c->getCastKind()) {
        case CK_DerivedToBase:
        case CK_UncheckedDerivedToBase:
        case CK_BaseToDerived:
            return base_address(address(c->getSubExpr()), c);
        case CK_NoOp:
        case CK_LValueBitCast:
        case CK_Dynamic:
        case CK_UserDefinedConversion:
        case CK_ConstructorConversion:
            return address(c->getSubExpr());
        case CK_LValueToRValue:
            return address(c->getSubExpr());
        default:
            effects(c->getSubExpr());
            return NC_NONE;
        }
    }
    case Stmt::CallExprClass:
    case Stmt::CXXMemberCallExprClass:
    case Stmt::CXXOperatorCallExprClass:
    case Stmt::UserDefinedLiteralClass:
        return call(cast<CallExpr>(e), false);
    case Stmt::StmtExprClass:
        return statement_value(cast<StmtExpr>(e), true);
    case Stmt::OpaqueValueExprClass: {
        const auto *opaque = cast<OpaqueValueExpr>(e);
        auto known = opaque_.find(opaque);
        if (known != opaque_.end())
            return known->second;
        return opaque->getSourceExpr() ? address(opaque->getSourceExpr()) : NC_NONE;
    }
    case Stmt::MaterializeTemporaryExprClass: {
        const auto *made = cast<MaterializeTemporaryExpr>(e);
        nc_id a = temporary(made->getType(), e->getBeginLoc());
        initialise(a, made->getType(), made->getSubExpr(), e->getBeginLoc());
        if (made->getType().isDestructedType() == QualType::DK_cxx_destructor) {
            Cleanup c = cleanups_.back();
            c.kind = Cleanup::Destroy;
            c.local = exprs_.row(a).a;
            cleanups_.push_back(c);
        }
        return a;
    }
    case Stmt::CXXDefaultArgExprClass:
        return address(cast<CXXDefaultArgExpr>(e)->getExpr());
    case Stmt::CXXDefaultInitExprClass:
        return address(cast<CXXDefaultInitExpr>(e)->getExpr());
    case Stmt::SubstNonTypeTemplateParmExprClass:
        return address(cast<SubstNonTypeTemplateParmExpr>(e)->getReplacement());
    case Stmt::CXXBindTemporaryExprClass:
        return address(cast<CXXBindTemporaryExpr>(e)->getSubExpr());
    case Stmt::RecoveryExprClass:
        if (const ValueDecl *decl = recovered_name(e))
            return variable_address(decl, e->getBeginLoc());
        recovery(cast<RecoveryExpr>(e));
        return NC_NONE;
    default:
        child_effects(e);
        return NC_NONE;
    }
}

nc_id FunctionLowering::record_address(const Expr *e)
{
    Nesting nesting(*this);
    QualType type = e->getType();
    if (nesting.too_deep || type->isDependentType())
        return exprs_.unknown(types_.pointer_to(type));
    if (e->isGLValue())
        return address(e);
    switch (e->getStmtClass()) {
    case Stmt::ParenExprClass:
        return record_address(cast<ParenExpr>(e)->getSubExpr());
    case Stmt::ConstantExprClass:
        return record_address(cast<ConstantExpr>(e)->getSubExpr());
    case Stmt::ExprWithCleanupsClass:
        return record_address(cast<ExprWithCleanups>(e)->getSubExpr());
    case Stmt::GenericSelectionExprClass:
        return record_address(cast<GenericSelectionExpr>(e)->getResultExpr());
    case Stmt::ChooseExprClass:
        return record_address(cast<ChooseExpr>(e)->getChosenSubExpr());
    case Stmt::CXXBindTemporaryExprClass:
        return record_address(cast<CXXBindTemporaryExpr>(e)->getSubExpr());
    case Stmt::ImplicitCastExprClass:
    case Stmt::CStyleCastExprClass:
    case Stmt::CXXStaticCastExprClass:
    case Stmt::CXXFunctionalCastExprClass: {
        const auto *c = cast<CastExpr>(e);
        if (c->getCastKind() == CK_DerivedToBase || c->getCastKind() == CK_UncheckedDerivedToBase)
            return base_address(record_address(c->getSubExpr()), c);
        if (c->getCastKind() == CK_ToUnion)
            break;
        return record_address(c->getSubExpr());
    }
    case Stmt::BinaryOperatorClass: {
        const auto *op = cast<BinaryOperator>(e);
        if (op->getOpcode() == BO_Assign)
            return assign(op, true);
        if (op->getOpcode() == BO_Comma) {
            effects(op->getLHS());
            return record_address(op->getRHS());
        }
        child_effects(e);
        return exprs_.unknown(types_.pointer_to(type));
    }
    case Stmt::StmtExprClass: {
        nc_id a = temporary(type, e->getBeginLoc());
        nc_id from = statement_value(cast<StmtExpr>(e), true);
        if (from != NC_NONE)
            copy(a, from, types_.get(type), e->getBeginLoc(), NC_INF_INIT);
        return a;
    }
    case Stmt::OpaqueValueExprClass:
        return address(e);
    case Stmt::MemberExprClass:
    case Stmt::ArraySubscriptExprClass:
        return address(e);
    case Stmt::RecoveryExprClass:
        recovery(cast<RecoveryExpr>(e));
        return exprs_.unknown(types_.pointer_to(type));
    default:
        break;
    }
    nc_id a = temporary(type, e->getBeginLoc());
    initialise(a, type, e, e->getBeginLoc());
    return a;
}

} // namespace nc
