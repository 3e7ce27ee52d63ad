/* Code that Clang could not make sense of. Its parts are there, and what they make together is an unknown value. */
#include "clang/AST/ExprCXX.h"

#include "frontend/function.h"

using namespace clang;

namespace nc
{

const ValueDecl *FunctionLowering::recovered_name(const Expr *e)
{
    const auto *recovery = dyn_cast<RecoveryExpr>(e->IgnoreParenImpCasts());
    if (!recovery || recovery->subExpressions().size() != 1)
        return nullptr;
    /* With more than the name in it, it stands for something else: a member that is not there, for example. */
    const auto *ref = dyn_cast<DeclRefExpr>(recovery->subExpressions()[0]->IgnoreParenImpCasts());
    return ref && ref->getDecl()->isInvalidDecl() && ref->getSourceRange() == recovery->getSourceRange()
               ? ref->getDecl()
               : nullptr;
}

const InitListExpr *recovered_list(const Expr *init)
{
    const auto *recovery = dyn_cast<RecoveryExpr>(init->IgnoreParenImpCasts());
    if (!recovery || recovery->subExpressions().size() != 1)
        return nullptr;
    const auto *list = dyn_cast<InitListExpr>(recovery->subExpressions()[0]->IgnoreParens());
    return list && list->getSyntacticForm() ? list->getSyntacticForm() : list;
}

std::vector<ListPart> parts_of_recovered_list(QualType type, const InitListExpr *list)
{
    std::vector<ListPart> parts;
    const RecordDecl *record = type->getAsRecordDecl();
    record = record ? record->getDefinition() : nullptr;
    std::vector<const FieldDecl *> fields;
    size_t next = 0;
    if (record)
        fields.assign(record->field_begin(), record->field_end());
    for (const Expr *init : list->inits()) {
        const auto *designated = dyn_cast<DesignatedInitExpr>(init);
        ListPart part = { {}, designated ? designated->getInit() : init };
        if (!designated && next < fields.size()) {
            part.path.push_back(fields[next++]);
        } else if (designated) {
            const RecordDecl *in = record;
            for (const DesignatedInitExpr::Designator &d : designated->designators()) {
                const NamedDecl *found = nullptr;
                if (in && d.isFieldDesignator() && d.getFieldName())
                    for (const NamedDecl *member : in->lookup(d.getFieldName()))
                        found = member;
                if (const auto *field = dyn_cast_or_null<FieldDecl>(found)) {
                    part.path.push_back(field);
                } else if (const auto *indirect = dyn_cast_or_null<IndirectFieldDecl>(found)) {
                    for (const NamedDecl *step : indirect->chain())
                        part.path.push_back(cast<FieldDecl>(step));
                } else {
                    part.path.clear();
                    break;
                }
                in = part.path.back()->getType()->getAsRecordDecl();
                in = in ? in->getDefinition() : nullptr;
            }
            if (!part.path.empty())
                next = part.path[0]->getFieldIndex() + 1;
        }
        parts.push_back(part);
    }
    return parts;
}

void FunctionLowering::initialise_recovered(nc_id address, QualType type, const InitListExpr *list, SourceLocation loc)
{
    Nesting nesting(*this);
    if (nesting.too_deep || too_large_)
        return;
    std::vector<ListPart> parts = parts_of_recovered_list(type, list);
    /* A value for an unknown member can lie anywhere. */
    nc_id type_id = types_.get(type);
    if (llvm::any_of(parts, [](const ListPart &part) { return part.path.empty(); }))
        store(address, exprs_.unknown(type_id), type_id, loc, NC_INF_INIT);
    else
        zero(address, type, loc);
    for (const ListPart &part : parts) {
        if (part.path.empty()) {
            effects(part.value);
            continue;
        }
        nc_id at = address;
        for (const FieldDecl *field : part.path)
            at = exprs_.field(at, field);
        QualType field_type = part.path.back()->getType();
        const auto *inner = dyn_cast<InitListExpr>(part.value->IgnoreParens());
        if (inner && field_type->isRecordType())
            initialise_recovered(at, field_type, inner->getSyntacticForm() ? inner->getSyntacticForm() : inner,
                                 inner->getBeginLoc());
        else
            initialise(at, field_type, part.value, part.value->getBeginLoc());
    }
}

/* The errors in it lose nothing of the function. A call whose callee is known stays a call. */
void FunctionLowering::recovery(const RecoveryExpr *e)
{
    ArrayRef<const Expr *> parts = e->subExpressions();
    const FunctionDecl *callee = nullptr;
    if (!parts.empty())
        if (const auto *ref = dyn_cast<DeclRefExpr>(parts[0]->IgnoreParenImpCasts()))
            callee = dyn_cast<FunctionDecl>(ref->getDecl());
    dropped_.push_back(e->getSourceRange());
    if (callee && is_trace_call(callee))
        return;
    if (callee && parts.size() > 1 && !callee->isImplicit() && !callee->getBuiltinID() && !isa<CXXMethodDecl>(callee) &&
        !callee->getReturnType()->isRecordType() && !callee->getType()->isDependentType()) {
        std::vector<nc_id> args;
        for (const Expr *arg : parts.drop_front())
            args.push_back(
                hold(arg->containsErrors() || arg->isTypeDependent() ? value(arg) : rvalue(arg), arg->getBeginLoc()));
        emit_call(t_.callee(t_.function(callee)), args, types_.get(callee->getReturnType()), e->getBeginLoc(), 0);
        after_call(callee, e->getBeginLoc());
        return;
    }
    for (const Expr *part : parts) {
        if (const auto *list = dyn_cast<InitListExpr>(part))
            child_effects(list->getSyntacticForm() ? list->getSyntacticForm() : list);
        else if (!part->isTypeDependent() || isa<RecoveryExpr>(part) || isa<CallExpr>(part->IgnoreParenImpCasts()))
            effects(part);
    }
}

} // namespace nc
