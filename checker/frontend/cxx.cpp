/* C++: objects' construction and destruction, new and delete, lambdas, and the rest of its expressions. */
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ExprConcepts.h"

#include "frontend/compat.h"
#include "frontend/function.h"

using namespace clang;

namespace nc
{

nc_id FunctionLowering::this_value()
{
    if (default_init_this_ != NC_NONE)
        return default_init_this_;
    if (this_local_ == NC_NONE)
        return exprs_.unknown(types_.void_pointer());
    return exprs_.load(local_address(this_local_), locals_[this_local_].type, false);
}

nc_id FunctionLowering::cxx_value(const Expr *e)
{
    QualType type = e->getType();
    SourceLocation loc = e->getBeginLoc();
    switch (e->getStmtClass()) {
    case Stmt::CXXBoolLiteralExprClass:
        return exprs_.integer(cast<CXXBoolLiteralExpr>(e)->getValue(), types_.get(type));
    case Stmt::CXXNullPtrLiteralExprClass:
        return exprs_.integer(0, types_.void_pointer());
    case Stmt::CXXThisExprClass:
        if (this_capture_) {
            nc_id a = exprs_.field(this_value(), this_capture_);
            return this_capture_->getType()->isPointerType() ? exprs_.load(a, types_.get(type), false) : a;
        }
        return this_value();
    case Stmt::CXXNewExprClass:
        return new_expr(cast<CXXNewExpr>(e));
    case Stmt::CXXDeleteExprClass:
        delete_expr(cast<CXXDeleteExpr>(e));
        return exprs_.integer(0, types_.int_type());
    case Stmt::CXXDefaultArgExprClass:
        return rvalue(cast<CXXDefaultArgExpr>(e)->getExpr());
    case Stmt::CXXDefaultInitExprClass:
        return rvalue(cast<CXXDefaultInitExpr>(e)->getExpr());
    case Stmt::SubstNonTypeTemplateParmExprClass:
        return rvalue(cast<SubstNonTypeTemplateParmExpr>(e)->getReplacement());
    case Stmt::MaterializeTemporaryExprClass:
        if (type->isRecordType() || type->isArrayType())
            return address(e);
        return value(cast<MaterializeTemporaryExpr>(e)->getSubExpr());
    case Stmt::CXXBindTemporaryExprClass:
        return value(cast<CXXBindTemporaryExpr>(e)->getSubExpr());
    case Stmt::CXXRewrittenBinaryOperatorClass:
        return value(cast<CXXRewrittenBinaryOperator>(e)->getSemanticForm());
    case Stmt::CXXStdInitializerListExprClass:
    case Stmt::CXXConstructExprClass:
    case Stmt::CXXTemporaryObjectExprClass:
    case Stmt::LambdaExprClass:
        return record_address(e);
    case Stmt::CXXScalarValueInitExprClass:
        if (types_.row(types_.get(type)).kind == NC_TY_FLOAT)
            return NC_NONE;
        return exprs_.integer(0, type->isVoidType() ? types_.int_type() : types_.get(type));
    case Stmt::CXXThrowExprClass:
        if (const Expr *sub = cast<CXXThrowExpr>(e)->getSubExpr())
            effects(sub);
        raise(loc);
        return exprs_.integer(0, types_.int_type());
    case Stmt::TypeTraitExprClass:
    case Stmt::ArrayTypeTraitExprClass:
    case Stmt::ExpressionTraitExprClass:
    case Stmt::SizeOfPackExprClass:
    case Stmt::CXXNoexceptExprClass:
    case Stmt::ConceptSpecializationExprClass:
    case Stmt::RequiresExprClass:
    case Stmt::SourceLocExprClass:
        return type->isIntegralOrEnumerationType() ? constant_value(e) : NC_NONE;
    case Stmt::CXXTypeidExprClass:
    case Stmt::CXXUuidofExprClass:
        return NC_NONE;
    default:
        child_effects(e);
        return type->isRecordType() ? exprs_.unknown(types_.pointer_to(type)) : NC_NONE;
    }
}

void FunctionLowering::construct(nc_id address, const CXXConstructExpr *e)
{
    const CXXConstructorDecl *ctor = e->getConstructor();
    QualType type = e->getType();
    SourceLocation loc = e->getBeginLoc();
    if (e->requiresZeroInitialization())
        zero(address, type, loc);
    if (ctor->isTrivial() && ctor->isCopyOrMoveConstructor() && e->getNumArgs() > 0) {
        const Expr *from = e->getArg(0);
        return copy(address, from->isGLValue() ? this->address(from) : record_address(from), types_.get(type), loc,
                    NC_INF_INIT);
    }
    if (ctor->isTrivial() && e->getNumArgs() == 0)
        return;
    mark_address_taken(address);
    std::vector<nc_id> args{ address };
    arguments(ArrayRef<const Expr *>(e->getArgs(), e->getNumArgs()), ctor->getType()->getAs<FunctionProtoType>(), args);
    emit_call(t_.callee(t_.function(GlobalDecl(ctor, Ctor_Complete))), args, types_.void_type(), loc, 0);
}

void FunctionLowering::destroy(nc_id address, QualType type, SourceLocation loc)
{
    const CXXRecordDecl *record = ast_.getBaseElementType(type)->getAsCXXRecordDecl();
    if (!record || !(record = record->getDefinition()) || record->hasTrivialDestructor())
        return;
    const CXXDestructorDecl *dtor = record->getDestructor();
    if (!dtor || dtor->isDeleted())
        return;
    emit_call(t_.callee(t_.function(GlobalDecl(dtor, Dtor_Complete))), { address }, types_.void_type(), loc, 0);
}

nc_id FunctionLowering::new_expr(const CXXNewExpr *e)
{
    const FunctionDecl *allocate = e->getOperatorNew();
    QualType object = e->getAllocatedType();
    SourceLocation loc = e->getBeginLoc();
    nc_id pointer_type = types_.get(e->getType());
    nc_id pointer;
    if (allocate && allocate->isReservedGlobalPlacementOperator() && e->getNumPlacementArgs() == 1) {
        pointer = hold(value(e->getPlacementArg(0)), loc);
    } else {
        nc_id size = exprs_.integer((int64_t)types_.size(object), types_.size_type());
        if (e->isArray() && e->getArraySize() && *e->getArraySize())
            size = hold(exprs_.binary(NC_EX_MUL, exprs_.cast(value(*e->getArraySize()), types_.size_type()), size,
                                      types_.size_type()),
                        loc);
        std::vector<nc_id> args{ size };
        const FunctionProtoType *proto = allocate ? allocate->getType()->getAs<FunctionProtoType>() : nullptr;
        for (unsigned i = 0; i < e->getNumPlacementArgs(); ++i)
            args.push_back(argument(e->getPlacementArg(i),
                                    proto && i + 1 < proto->getNumParams() ? proto->getParamType(i + 1) : QualType()));
        if (!allocate)
            return NC_NONE;
        pointer = emit_call(t_.callee(t_.function(allocate)), args, pointer_type, loc, 0);
        if (pointer == NC_NONE)
            return NC_NONE;
    }
    const Expr *init = e->getInitializer();
    if (!init || e->isArray())
        return pointer;
    Block build = new_block(), after = new_block();
    if (e->shouldNullCheckAllocation())
        branch(pointer, build, after, loc);
    else
        jump(build);
    current_ = build;
    initialise(pointer, object, init, loc);
    start(after);
    return pointer;
}

void FunctionLowering::delete_expr(const CXXDeleteExpr *e)
{
    SourceLocation loc = e->getBeginLoc();
    nc_id pointer = hold(value(e->getArgument()), loc);
    const FunctionDecl *release = e->getOperatorDelete();
    QualType object = e->getDestroyedType();
    const CXXRecordDecl *record = object.isNull() ? nullptr : object->getAsCXXRecordDecl();
    record = record ? record->getDefinition() : nullptr;
    Block run = new_block(), after = new_block();
    branch(pointer, run, after, loc);
    current_ = run;
    if (record && !record->hasTrivialDestructor() && !e->isArrayForm())
        if (const CXXDestructorDecl *dtor = record->getDestructor())
            emit_call(t_.callee(t_.function(GlobalDecl(dtor, Dtor_Complete))), { pointer }, types_.void_type(), loc,
                      dtor->isVirtual() ? NC_INF_VIRTUAL : 0);
    if (release) {
        std::vector<nc_id> args{ pointer };
        for (unsigned i = 1; i < release->getNumParams(); ++i)
            args.push_back(
                exprs_.integer((int64_t)types_.size(object), types_.get(release->getParamDecl(i)->getType())));
        emit_call(t_.callee(t_.function(release)), args, types_.void_type(), loc, 0);
    }
    start(after);
}

void FunctionLowering::lambda(nc_id address, const LambdaExpr *e)
{
    auto field = e->getLambdaClass()->field_begin();
    for (const Expr *init : e->capture_inits()) {
        if (field == e->getLambdaClass()->field_end())
            break;
        if (init)
            initialise(exprs_.field(address, *field), field->getType(), init, init->getBeginLoc());
        ++field;
    }
}

void FunctionLowering::constructor_prologue(const CXXConstructorDecl *ctor)
{
    const CXXRecordDecl *record = ctor->getParent();
    for (const CXXCtorInitializer *init : ctor->inits()) {
        const Expr *e = init->getInit();
        SourceLocation loc = init->getSourceLocation().isValid() ? init->getSourceLocation() : e->getBeginLoc();
        if (init->isAnyMemberInitializer()) {
            nc_id a = this_value();
            if (init->isIndirectMemberInitializer()) {
                for (const NamedDecl *step : init->getIndirectMember()->chain())
                    a = exprs_.field(a, cast<FieldDecl>(step));
            } else {
                a = exprs_.field(a, init->getMember());
            }
            QualType type = init->getAnyMember()->getType();
            if (isa<ImplicitValueInitExpr>(e->IgnoreParens()))
                zero(a, type, loc);
            else
                initialise(a, type, e, loc);
        } else {
            nc_id a = this_value();
            QualType type = type_of(ast_, record);
            if (init->isBaseInitializer()) {
                type = QualType(init->getBaseClass(), 0);
                if (const CXXRecordDecl *base = type->getAsCXXRecordDecl())
                    a = exprs_.index(a, exprs_.integer(types_.base_offset(record, base), types_.ptrdiff_type()), 1,
                                     types_.pointer_to(type));
            }
            initialise(a, type, e, loc);
        }
    }
}

void FunctionLowering::destructor_epilogue(const CXXDestructorDecl *dtor)
{
    const CXXRecordDecl *record = dtor->getParent();
    std::vector<const FieldDecl *> fields(record->field_begin(), record->field_end());
    SourceLocation loc = dtor->getBodyRBrace();
    for (auto f = fields.rbegin(); f != fields.rend(); ++f)
        if (!record->isUnion())
            destroy(exprs_.field(this_value(), *f), (*f)->getType(), loc);
    for (const CXXBaseSpecifier &base : llvm::reverse(record->bases()))
        if (const CXXRecordDecl *decl = base.getType()->getAsCXXRecordDecl()) {
            nc_id offset = exprs_.integer(types_.base_offset(record, decl), types_.ptrdiff_type());
            destroy(exprs_.index(this_value(), offset, 1, types_.pointer_to(base.getType())), base.getType(), loc);
        }
}

} // namespace nc
