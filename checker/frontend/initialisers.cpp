/* Initialisers of locals and temporaries. */
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ExprObjC.h"

#include "frontend/compat.h"
#include "frontend/function.h"

using namespace clang;

namespace nc
{

void FunctionLowering::zero(nc_id address, QualType type, SourceLocation loc)
{
    nc_id size = exprs_.integer((int64_t)types_.size(type), types_.size_type());
    nc_id function = t_.helper("nmrcheck_zero", types_.void_type(), 2);
    emit_call(t_.callee(function), { address, size }, types_.void_type(), loc, NC_INF_INIT);
}

/* Whether every scalar of the object gets a value from the list itself. */
bool FunctionLowering::covers(QualType type, const Expr *init)
{
    init = init->IgnoreParens();
    if (isa<ImplicitValueInitExpr, NoInitExpr, CXXScalarValueInitExpr>(init))
        return false;
    const auto *list = dyn_cast<InitListExpr>(init);
    if (!list)
        return true;
    if (const InitListExpr *semantic = list->getSemanticForm())
        list = semantic;
    for (const Expr *e : list->inits())
        if (e && !covers(e->getType(), e))
            return false;
    if (const auto *array = ast_.getAsConstantArrayType(type))
        return list->getNumInits() >= element_count(array);
    if (const RecordDecl *record = type->getAsRecordDecl(); record && record->isUnion()) {
        const FieldDecl *field = list->getInitializedFieldInUnion();
        return field && types_.size(field->getType()) >= types_.size(type);
    }
    return type->isRecordType() ? list->getNumInits() > 0 : true;
}

/* A part of an object that has been zeroed where its list leaves something out. */
void FunctionLowering::initialise_part(nc_id address, QualType type, const Expr *init)
{
    const Expr *plain = init->IgnoreParens();
    const auto *list = dyn_cast<InitListExpr>(plain);
    if (list && (type->isRecordType() || type->isArrayType())) {
        const InitListExpr *semantic = list->getSemanticForm();
        return initialise_list(address, type, semantic ? semantic : list);
    }
    initialise(address, type, init, init->getBeginLoc());
}

void FunctionLowering::initialise_list(nc_id address, QualType type, const InitListExpr *list)
{
    Nesting nesting(*this);
    if (nesting.too_deep || too_large_)
        return;
    if (list->isTransparent() && list->getNumInits())
        return initialise(address, type, list->getInit(0), list->getBeginLoc());
    if (const ArrayType *array = ast_.getAsArrayType(type)) {
        QualType element = array->getElementType();
        int64_t size = (int64_t)types_.size(element);
        for (unsigned i = 0; i < list->getNumInits(); ++i) {
            nc_id at =
                exprs_.index(address, exprs_.integer(i, types_.ptrdiff_type()), size, types_.pointer_to(element));
            initialise_part(at, element, list->getInit(i));
        }
        /* In C++ the rest may need constructors. */
        const Expr *filler = list->getArrayFiller();
        const auto *constant = dyn_cast<ConstantArrayType>(array);
        if (filler && constant && !isa<ImplicitValueInitExpr, NoInitExpr>(filler)) {
            for (uint64_t i = list->getNumInits(); i < std::min<uint64_t>(element_count(constant), 1024); ++i) {
                nc_id at = exprs_.index(address, exprs_.integer((int64_t)i, types_.ptrdiff_type()), size,
                                        types_.pointer_to(element));
                initialise_part(at, element, filler);
            }
        }
        return;
    }
    const RecordDecl *record = type->getAsRecordDecl();
    if (record && (record = record->getDefinition())) {
        auto field_init = [&](const FieldDecl *field, const Expr *init) {
            nc_id at = exprs_.field(address, field);
            nc_id outer_this = default_init_this_;
            default_init_this_ = address;
            initialise_part(at, field->getType(), init);
            default_init_this_ = outer_this;
        };
        if (record->isUnion()) {
            if (const FieldDecl *field = list->getInitializedFieldInUnion())
                if (list->getNumInits())
                    field_init(field, list->getInit(0));
            return;
        }
        unsigned next = 0;
        if (const auto *cxx = dyn_cast<CXXRecordDecl>(record))
            for (const CXXBaseSpecifier &base : cxx->bases()) {
                if (next >= list->getNumInits())
                    break;
                nc_id offset = exprs_.integer(types_.base_offset(cxx, base.getType()->getAsCXXRecordDecl()),
                                              types_.ptrdiff_type());
                initialise_part(exprs_.index(address, offset, 1, types_.pointer_to(base.getType())), base.getType(),
                                list->getInit(next++));
            }
        for (const FieldDecl *field : record->fields()) {
            if (is_unnamed_bit_field(field))
                continue;
            if (next >= list->getNumInits())
                break;
            field_init(field, list->getInit(next++));
        }
        return;
    }
    if (list->getNumInits())
        initialise(address, type, list->getInit(0), list->getInit(0)->getBeginLoc());
}

void FunctionLowering::initialise(nc_id address, QualType type, const Expr *init, SourceLocation loc)
{
    const Expr *plain = init->IgnoreParens();
    nc_id type_id = types_.get(type);
    if (isa<ImplicitValueInitExpr, NoInitExpr>(plain))
        return; /* zeroed with the whole */
    if (type->isReferenceType()) {
        nc_id to = plain->isGLValue() ? this->address(plain) : value(plain);
        mark_address_taken(to);
        return store(address, to, types_.pointer_to(type->getPointeeType()), loc, NC_INF_INIT);
    }
    if (const auto *full = dyn_cast<ExprWithCleanups>(plain)) {
        size_t depth = cleanups_.size();
        initialise(address, type, full->getSubExpr(), loc);
        return pop_to(depth);
    }
    if (const auto *constant = dyn_cast<ConstantExpr>(plain))
        return initialise(address, type, constant->getSubExpr(), loc);
    if (const auto *bound = dyn_cast<CXXBindTemporaryExpr>(plain))
        return initialise(address, type, bound->getSubExpr(), loc);
    if (const auto *by_default = dyn_cast<CXXDefaultInitExpr>(plain))
        return initialise(address, type, by_default->getExpr(), loc);
    if (const auto *by_default = dyn_cast<CXXDefaultArgExpr>(plain))
        return initialise(address, type, by_default->getExpr(), loc);
    if (!type->isRecordType() && !type->isArrayType()) {
        nc_id v = value(plain);
        return store(address, v, type_id, loc, NC_INF_INIT | (type.isVolatileQualified() ? NC_INF_VOLATILE : 0));
    }
    if (const auto *list = dyn_cast<InitListExpr>(plain)) {
        if (const InitListExpr *semantic = list->getSemanticForm())
            list = semantic;
        if (!covers(type, list))
            zero(address, type, loc);
        return initialise_list(address, type, list);
    }
    if (const InitListExpr *list = recovered_list(plain)) {
        dropped_.push_back(plain->getSourceRange());
        return initialise_recovered(address, type, list, loc);
    }
    if (const auto *update = dyn_cast<DesignatedInitUpdateExpr>(plain)) {
        initialise(address, type, update->getBase(), loc);
        return initialise_list(address, type, update->getUpdater());
    }
    if (const auto *made = dyn_cast<CXXConstructExpr>(plain))
        return construct(address, made);
    if (const auto *made = dyn_cast<LambdaExpr>(plain))
        return lambda(address, made);
    if (isa<StringLiteral, PredefinedExpr, ObjCEncodeExpr>(plain) && type->isArrayType())
        return store(address, exprs_.unknown(type_id), type_id, loc, NC_INF_INIT);
    if (const auto *read = dyn_cast<ImplicitCastExpr>(plain); read && read->getCastKind() == CK_LValueToRValue)
        if (const auto *literal = dyn_cast<CompoundLiteralExpr>(read->getSubExpr()->IgnoreParens());
            literal && !literal->isFileScope())
            return initialise(address, type, literal->getInitializer(), loc);
    if (const auto *c = dyn_cast<CallExpr>(plain); c && !plain->isGLValue() && type->isRecordType()) {
        call(c, false, address);
        return;
    }
    if (const auto *choice = dyn_cast<ConditionalOperator>(plain); choice && !plain->isGLValue()) {
        Block yes = new_block(), no = new_block(), after = new_block();
        condition(choice->getCond(), yes, no);
        for (auto [b, arm] : { std::pair(yes, choice->getTrueExpr()), std::pair(no, choice->getFalseExpr()) }) {
            current_ = b;
            initialise(address, type, arm, loc);
            jump(after);
        }
        current_ = after;
        return;
    }
    if (const auto *c = dyn_cast<CastExpr>(plain); c && !plain->isGLValue() && c->getCastKind() != CK_LValueToRValue) {
        if (c->getCastKind() == CK_NoOp || c->getCastKind() == CK_ConstructorConversion ||
            c->getCastKind() == CK_UserDefinedConversion)
            return initialise(address, type, c->getSubExpr(), loc);
        if (c->getCastKind() == CK_ToUnion) {
            nc_id v = value(c->getSubExpr());
            return store(address, v, exprs_.row(v).type, loc, NC_INF_INIT);
        }
    }
    if (const auto *loop = dyn_cast<ArrayInitLoopExpr>(plain))
        return copy(address, this->address(loop->getCommonExpr()), type_id, loc, NC_INF_INIT);
    if (isa<CXXScalarValueInitExpr>(plain))
        return zero(address, type, loc);
    if (isa<VAArgExpr, RecoveryExpr, AtomicExpr>(plain) || plain->isTypeDependent()) {
        child_effects(plain);
        return store(address, exprs_.unknown(type_id), type_id, loc, NC_INF_INIT);
    }
    switch (plain->getStmtClass()) {
    case Stmt::ImplicitCastExprClass:
    case Stmt::CStyleCastExprClass:
    case Stmt::CXXStaticCastExprClass:
    case Stmt::CXXFunctionalCastExprClass:
    case Stmt::BinaryOperatorClass:
    case Stmt::StmtExprClass:
    case Stmt::OpaqueValueExprClass:
    case Stmt::GenericSelectionExprClass:
    case Stmt::ChooseExprClass:
    case Stmt::MemberExprClass:
    case Stmt::ArraySubscriptExprClass:
        return copy(address, record_address(plain), type_id, loc, NC_INF_INIT);
    default:
        if (plain->isGLValue())
            return copy(address, this->address(plain), type_id, loc, NC_INF_INIT);
        child_effects(plain);
        return store(address, exprs_.unknown(type_id), type_id, loc, NC_INF_INIT);
    }
}

} // namespace nc
