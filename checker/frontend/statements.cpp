#include "frontend/function.h"

using namespace clang;

namespace nc
{

void FunctionLowering::stmt(const Stmt *s)
{
    if (!s || too_large_)
        return;
    Nesting nesting(*this);
    if (nesting.too_deep)
        return;
    switch (s->getStmtClass()) {
    case Stmt::NullStmtClass:
        break;
    case Stmt::CompoundStmtClass:
        compound(cast<CompoundStmt>(s));
        break;
    case Stmt::DeclStmtClass:
        decl_stmt(cast<DeclStmt>(s));
        break;
    case Stmt::AttributedStmtClass:
        stmt(cast<AttributedStmt>(s)->getSubStmt());
        break;
    case Stmt::IfStmtClass:
        if_stmt(cast<IfStmt>(s));
        break;
    case Stmt::WhileStmtClass:
        while_stmt(cast<WhileStmt>(s));
        break;
    case Stmt::DoStmtClass:
        do_stmt(cast<DoStmt>(s));
        break;
    case Stmt::ForStmtClass:
        for_stmt(cast<ForStmt>(s));
        break;
    case Stmt::CXXForRangeStmtClass:
        range_for_stmt(cast<CXXForRangeStmt>(s));
        break;
    case Stmt::SwitchStmtClass:
        switch_stmt(cast<SwitchStmt>(s));
        break;
    case Stmt::CaseStmtClass:
    case Stmt::DefaultStmtClass: {
        auto block = switch_blocks_.find(cast<SwitchCase>(s));
        if (block != switch_blocks_.end())
            start(block->second);
        stmt(cast<SwitchCase>(s)->getSubStmt());
        break;
    }
    case Stmt::LabelStmtClass:
        start(label_block(cast<LabelStmt>(s)->getDecl()));
        stmt(cast<LabelStmt>(s)->getSubStmt());
        break;
    case Stmt::GotoStmtClass:
        goto_label(cast<GotoStmt>(s)->getLabel());
        break;
    case Stmt::IndirectGotoStmtClass:
        indirect_goto(cast<IndirectGotoStmt>(s));
        break;
    case Stmt::BreakStmtClass:
        if (!breaks_.empty())
            jump_out(breaks_.back(), true);
        break;
    case Stmt::ContinueStmtClass:
        if (!continues_.empty())
            jump_out(continues_.back(), true);
        break;
    case Stmt::SEHLeaveStmtClass:
        if (!leaves_.empty())
            jump_out(leaves_.back(), false);
        break;
    case Stmt::ReturnStmtClass:
        return_stmt(cast<ReturnStmt>(s));
        break;
    case Stmt::SEHTryStmtClass:
        seh_try(cast<SEHTryStmt>(s));
        break;
    case Stmt::CXXTryStmtClass:
        cxx_try(cast<CXXTryStmt>(s));
        break;
    case Stmt::GCCAsmStmtClass:
    case Stmt::MSAsmStmtClass:
        asm_stmt(cast<AsmStmt>(s));
        break;
    default:
        if (const auto *e = dyn_cast<Expr>(s))
            effects(e);
        else {
            has_errors_ = true;
            child_effects(s);
        }
        break;
    }
}

/* Runs `body` as the scope of `owner`. */
void FunctionLowering::scoped(const Stmt *owner, const Stmt *body)
{
    size_t depth = cleanups_.size();
    owners_.push_back(owner);
    stmt(body);
    pop_to(depth);
    owners_.pop_back();
}

void FunctionLowering::compound(const CompoundStmt *s)
{
    size_t depth = cleanups_.size();
    owners_.push_back(s);
    for (const Stmt *child : s->body())
        stmt(child);
    pop_to(depth);
    owners_.pop_back();
}

void FunctionLowering::decl_stmt(const DeclStmt *s)
{
    for (const Decl *d : s->decls()) {
        if (const auto *v = dyn_cast<VarDecl>(d))
            variable(v);
        else if (const auto *alias = dyn_cast<TypedefNameDecl>(d);
                 alias && alias->getUnderlyingType()->isVariablyModifiedType()) {
            if (const auto *array = ast_.getAsVariableArrayType(alias->getUnderlyingType()))
                if (array->getSizeExpr())
                    effects(array->getSizeExpr());
        }
    }
}

void FunctionLowering::variable(const VarDecl *v)
{
    if (v->hasGlobalStorage()) {
        if (v->isStaticLocal())
            t_.global(v);
        return;
    }
    QualType type = v->getType();
    if (type->isDependentType())
        return;
    for (QualType q = type; const auto *array = ast_.getAsArrayType(q); q = array->getElementType())
        if (const auto *variable_array = dyn_cast<VariableArrayType>(array))
            if (variable_array->getSizeExpr())
                effects(variable_array->getSizeExpr());
    nc_id local = new_local(v->getName(), type, v->getLocation(), 0);
    variables_[v] = local;
    emit(NC_IN_SCOPE, v->getLocation()).a = local;
    push_local(local, type->isReferenceType() ? ast_.getPointerType(type->getPointeeType()) : type, v->getLocation());
    if (const Expr *init = v->getInit())
        initialise(local_address(local), type, init, v->getLocation());
    if (const auto *parts = dyn_cast<DecompositionDecl>(v))
        for (const BindingDecl *binding : parts->bindings())
            if (const VarDecl *holding = binding->getHoldingVar())
                variable(holding);
}

void FunctionLowering::if_stmt(const IfStmt *s)
{
    size_t depth = cleanups_.size();
    owners_.push_back(s);
    if (s->getInit())
        stmt(s->getInit());
    if (s->getConditionVariableDeclStmt())
        stmt(s->getConditionVariableDeclStmt());
    Block then = new_block(), after = new_block();
    Block otherwise = s->getElse() ? new_block() : after;
    if (s->isConsteval())
        jump(s->isNonNegatedConsteval() ? otherwise : then);
    else
        condition(s->getCond(), then, otherwise);
    current_ = then;
    scoped(s->getThen(), s->getThen());
    jump(after);
    if (s->getElse()) {
        current_ = otherwise;
        scoped(s->getElse(), s->getElse());
        jump(after);
    }
    current_ = after;
    pop_to(depth);
    owners_.pop_back();
}

void FunctionLowering::while_stmt(const WhileStmt *s)
{
    Block head = new_block(), body = new_block(), exit = new_block(), after = new_block(), next = new_block();
    size_t depth = cleanups_.size();
    start(head);
    owners_.push_back(s);
    if (s->getConditionVariableDeclStmt())
        stmt(s->getConditionVariableDeclStmt());
    size_t inner = cleanups_.size();
    condition(s->getCond(), body, exit);
    inner = std::max(inner, cleanups_.size());
    breaks_.push_back({ exit, inner });
    continues_.push_back({ next, inner });
    current_ = body;
    scoped(s->getBody(), s->getBody());
    start(next);
    unwind(depth, false);
    jump(head);
    breaks_.pop_back();
    continues_.pop_back();
    current_ = exit;
    pop_to(depth);
    owners_.pop_back();
    start(after);
}

void FunctionLowering::do_stmt(const DoStmt *s)
{
    Block body = new_block(), test = new_block(), after = new_block();
    start(body);
    breaks_.push_back({ after, cleanups_.size() });
    continues_.push_back({ test, cleanups_.size() });
    owners_.push_back(s);
    scoped(s->getBody(), s->getBody());
    breaks_.pop_back();
    continues_.pop_back();
    start(test);
    size_t depth = cleanups_.size();
    condition(s->getCond(), body, after);
    owners_.pop_back();
    current_ = after;
    pop_to(depth);
}

void FunctionLowering::for_stmt(const ForStmt *s)
{
    size_t depth = cleanups_.size();
    owners_.push_back(s);
    if (s->getInit())
        stmt(s->getInit());
    Block head = new_block(), body = new_block(), next = new_block(), exit = new_block();
    start(head);
    size_t inner = cleanups_.size();
    if (s->getConditionVariableDeclStmt())
        stmt(s->getConditionVariableDeclStmt());
    if (s->getCond())
        condition(s->getCond(), body, exit);
    else
        jump(body);
    size_t kept = cleanups_.size();
    breaks_.push_back({ exit, kept });
    continues_.push_back({ next, kept });
    current_ = body;
    scoped(s->getBody(), s->getBody());
    start(next);
    if (s->getInc())
        effects(s->getInc());
    unwind(inner, false);
    jump(head);
    breaks_.pop_back();
    continues_.pop_back();
    current_ = exit;
    cleanups_.resize(std::max(kept, inner));
    pop_to(depth);
    owners_.pop_back();
}

void FunctionLowering::range_for_stmt(const CXXForRangeStmt *s)
{
    size_t depth = cleanups_.size();
    owners_.push_back(s);
    for (const Stmt *part : { (const Stmt *)s->getInit(), (const Stmt *)s->getRangeStmt(),
                              (const Stmt *)s->getBeginStmt(), (const Stmt *)s->getEndStmt() })
        stmt(part);
    Block head = new_block(), body = new_block(), next = new_block(), exit = new_block();
    size_t kept = cleanups_.size();
    start(head);
    if (s->getCond())
        condition(s->getCond(), body, exit);
    else
        branch(unknown(ast_.IntTy), body, exit, s->getBeginLoc());
    breaks_.push_back({ exit, kept });
    continues_.push_back({ next, kept });
    current_ = body;
    size_t inner = cleanups_.size();
    if (s->getLoopVarStmt())
        stmt(s->getLoopVarStmt());
    scoped(s->getBody(), s->getBody());
    pop_to(inner);
    start(next);
    if (s->getInc())
        effects(s->getInc());
    jump(head);
    breaks_.pop_back();
    continues_.pop_back();
    current_ = exit;
    pop_to(depth);
    owners_.pop_back();
}

void FunctionLowering::switch_stmt(const SwitchStmt *s)
{
    size_t depth = cleanups_.size();
    owners_.push_back(s);
    if (s->getInit())
        stmt(s->getInit());
    if (s->getConditionVariableDeclStmt())
        stmt(s->getConditionVariableDeclStmt());
    nc_id on = hold(value(s->getCond()), s->getCond()->getBeginLoc());
    Block after = new_block(), fallback = after;

    /* Variables declared before the first case are in scope in the cases, although control never passes them. */
    if (const auto *body = dyn_cast<CompoundStmt>(s->getBody())) {
        for (const Stmt *child : body->body()) {
            const auto *decls = dyn_cast<DeclStmt>(child);
            if (!decls)
                break;
            for (const Decl *d : decls->decls())
                if (const auto *v = dyn_cast<VarDecl>(d);
                    v && v->hasLocalStorage() && !v->getType()->isDependentType()) {
                    nc_id local = new_local(v->getName(), v->getType(), v->getLocation(), 0);
                    variables_[v] = local;
                    emit(NC_IN_SCOPE, v->getLocation()).a = local;
                    push_local(local, v->getType(), v->getLocation());
                }
        }
    }
    std::vector<nc_case> cases;
    for (const SwitchCase *c = s->getSwitchCaseList(); c; c = c->getNextSwitchCase()) {
        Block target = new_block();
        switch_blocks_[c] = target;
        const auto *labelled = dyn_cast<CaseStmt>(c);
        if (!labelled) {
            fallback = target;
            continue;
        }
        Expr::EvalResult lo, hi;
        if (!labelled->getLHS() || labelled->getLHS()->isValueDependent() || labelled->getLHS()->containsErrors() ||
            !labelled->getLHS()->EvaluateAsInt(lo, ast_))
            continue;
        nc_case row = {};
        row.lo = row.hi = bits_of(lo.Val.getInt());
        if (labelled->getRHS() && !labelled->getRHS()->isValueDependent() && !labelled->getRHS()->containsErrors() &&
            labelled->getRHS()->EvaluateAsInt(hi, ast_))
            row.hi = bits_of(hi.Val.getInt());
        row.target = target;
        cases.push_back(row);
    }
    std::reverse(cases.begin(), cases.end());
    if (open()) {
        int64_t known;
        block().closed = true;
        block().loc = t_.locs.get(s->getCond()->getBeginLoc());
        if (exprs_.is_constant(on, &known)) {
            Block target = fallback;
            for (const nc_case &c : cases)
                if (c.lo <= known && known <= c.hi)
                    target = c.target;
            block().term = NC_TERM_JUMP;
            block().succ[0] = target;
        } else {
            block().term = NC_TERM_SWITCH;
            block().expr = on;
            block().succ[0] = fallback;
            block().cases = cases;
        }
    }
    breaks_.push_back({ after, cleanups_.size() });
    current_ = new_block();
    block().closed = true; /* what stands before the first case is never reached */
    std::vector<Cleanup> hoisted = cleanups_;
    if (const auto *body = dyn_cast<CompoundStmt>(s->getBody())) {
        owners_.push_back(body);
        bool leading = true;
        for (const Stmt *child : body->body()) {
            leading = leading && isa<DeclStmt>(child);
            if (!leading)
                stmt(child);
        }
        pop_to(hoisted.size());
        owners_.pop_back();
    } else {
        scoped(s->getBody(), s->getBody());
    }
    breaks_.pop_back();
    start(after);
    pop_to(depth);
    owners_.pop_back();
}

void FunctionLowering::return_stmt(const ReturnStmt *s)
{
    nc_id result = NC_NONE;
    if (const Expr *e = s->getRetValue()) {
        QualType type = decl_->getReturnType();
        if (type->isVoidType()) {
            effects(e);
        } else if (result_param_ != NC_NONE && e->getType()->isRecordType()) {
            nc_id to = exprs_.load(local_address(result_param_), locals_[result_param_].type, false);
            initialise(to, type, e, s->getBeginLoc());
        } else if (type->isReferenceType()) {
            result = hold(e->isGLValue() ? address(e) : value(e), s->getBeginLoc());
            mark_address_taken(result);
        } else {
            result = value(e);
            /* Locals end before the function is left, so what is read from them is read first. */
            if (!cleanups_.empty())
                result = hold(result, s->getBeginLoc());
        }
    }
    if (!open())
        return;
    unwind(0, true);
    if (const auto *dtor = dyn_cast<CXXDestructorDecl>(decl_))
        destructor_epilogue(dtor);
    if (!open())
        return;
    block().closed = true;
    block().term = NC_TERM_RETURN;
    block().expr = result;
    block().loc = t_.locs.get(s->getBeginLoc());
}

FunctionLowering::Block FunctionLowering::label_block(const LabelDecl *label)
{
    auto known = labels_.find(label);
    if (known != labels_.end())
        return known->second;
    Block b = new_block();
    labels_[label] = b;
    return b;
}

void FunctionLowering::goto_label(const LabelDecl *label)
{
    if (!open())
        return;
    const SourceManager &sm = ast_.getSourceManager();
    const std::vector<const Stmt *> &owners = label_owners_[label];
    SourceLocation at = label_locs_.lookup(label);
    size_t depth = 0;
    for (; depth < cleanups_.size(); ++depth) {
        const Cleanup &c = cleanups_[depth];
        if (!c.owner)
            continue;
        if (!llvm::is_contained(owners, c.owner))
            break;
        /* A jump back over a declaration ends the variable: it will be declared anew. */
        if (c.kind == Cleanup::EndLocal && at.isValid() && sm.isBeforeInTranslationUnit(at, c.loc))
            break;
    }
    jump_out({ label_block(label), depth }, true);
}

void FunctionLowering::indirect_goto(const IndirectGotoStmt *s)
{
    if (const LabelDecl *constant = s->getConstantTarget())
        return goto_label(constant);
    effects(s->getTarget());
    if (!open())
        return;
    if (address_labels_.empty())
        return unreachable(s->getBeginLoc());
    BlockData &b = block();
    b.closed = true;
    b.term = NC_TERM_SWITCH;
    b.expr = unknown(ast_.IntTy);
    b.loc = t_.locs.get(s->getBeginLoc());
    Block from = current_;
    for (size_t i = 0; i < address_labels_.size(); ++i) {
        Block way = new_block();
        current_ = way;
        goto_label(address_labels_[i]);
        nc_case row = {};
        row.lo = row.hi = (int64_t)i;
        row.target = way;
        if (i == 0)
            blocks_[from].succ[0] = way;
        else
            blocks_[from].cases.push_back(row);
    }
    current_ = from;
}

void FunctionLowering::asm_stmt(const AsmStmt *s)
{
    for (unsigned i = 0; i < s->getNumInputs(); ++i)
        if (const Expr *e = s->getInputExpr(i))
            effects(e);
    for (unsigned i = 0; i < s->getNumOutputs(); ++i) {
        const Expr *e = s->getOutputExpr(i);
        if (!e || !e->isGLValue())
            continue;
        nc_id type = types_.get(e->getType());
        store(address(e), exprs_.unknown(type), type, s->getBeginLoc(), NC_INF_VOLATILE);
    }
}

} // namespace nc
