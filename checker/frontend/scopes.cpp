/* Leaving scopes: locals' ends, destructors, __finally bodies; and where exceptions go. */
#include "frontend/function.h"

#include "frontend/compat.h"

using namespace clang;

namespace nc
{

void FunctionLowering::push_local(nc_id local, QualType type, SourceLocation loc)
{
    const Stmt *owner = owners_.empty() ? nullptr : owners_.back();
    cleanups_.push_back({ Cleanup::EndLocal, owner, local, type, loc });
    if (type.isDestructedType() == QualType::DK_cxx_destructor)
        cleanups_.push_back({ Cleanup::Destroy, owner, local, type, loc });
}

void FunctionLowering::run_cleanup(const Cleanup &c, bool abnormal)
{
    switch (c.kind) {
    case Cleanup::EndLocal:
        emit(NC_IN_END, SourceLocation()).a = c.local;
        break;
    case Cleanup::Destroy:
        destroy(local_address(c.local), c.type, c.loc);
        break;
    case Cleanup::Finally:
        finally_body(c.finally, abnormal);
        break;
    case Cleanup::Handler:
        break;
    }
}

void FunctionLowering::unwind(size_t depth, bool abnormal)
{
    /* Each cleanup runs with those below it still in force. The stack is put back afterwards: the code that comes next
     * in the source is still inside. */
    std::vector<Cleanup> saved = cleanups_;
    while (open() && cleanups_.size() > depth) {
        Cleanup c = cleanups_.back();
        cleanups_.pop_back();
        run_cleanup(c, abnormal);
    }
    cleanups_ = std::move(saved);
}

void FunctionLowering::pop_to(size_t depth)
{
    if (cleanups_.size() <= depth)
        return;
    if (open())
        unwind(depth, false);
    cleanups_.resize(depth);
}

void FunctionLowering::jump_out(const JumpTarget &target, bool abnormal)
{
    if (!open())
        return;
    unwind(target.depth, abnormal);
    jump(target.block);
}

/* A copy of the body; the cleanup stack has been taken down to what encloses the whole statement. */
void FunctionLowering::finally_body(const SEHFinallyStmt *f, bool abnormal)
{
    if (too_large_)
        return;
    int saved_abnormal = abnormal_;
    abnormal_ = abnormal;
    /* Labels inside belong to this copy. */
    llvm::DenseMap<const LabelDecl *, Block> saved_labels;
    std::vector<const LabelDecl *> inner;
    for (auto &[label, owners] : label_owners_) {
        if (!llvm::is_contained(owners, f))
            continue;
        inner.push_back(label);
        auto known = labels_.find(label);
        if (known != labels_.end()) {
            saved_labels[label] = known->second;
            labels_.erase(known);
        }
    }
    scoped(f, f->getBlock());
    for (const LabelDecl *label : inner)
        labels_.erase(label);
    for (auto &[label, block] : saved_labels)
        labels_[label] = block;
    abnormal_ = saved_abnormal;
}

/* The block that an exception raised here goes to, or no_block if it leaves the function. */
FunctionLowering::Block FunctionLowering::landing_pad()
{
    size_t depth = cleanups_.size();
    while (depth > 0 && cleanups_[depth - 1].handler == no_block)
        --depth;
    if (depth == 0)
        return no_block;
    Block handler = cleanups_[depth - 1].handler;
    Block from = current_, pad = new_block();
    current_ = pad;
    unwind(depth, true);
    jump(handler);
    current_ = from;
    return pad;
}

void FunctionLowering::raise_point()
{
    if (!open() || too_large_)
        return;
    Block pad = landing_pad();
    if (pad == no_block)
        return;
    Block next = new_block();
    block().closed = true;
    block().term = NC_TERM_EXCEPTION;
    block().succ[0] = next;
    block().succ[1] = pad;
    current_ = next;
}

void FunctionLowering::raise(SourceLocation loc)
{
    if (!open())
        return;
    Block pad = landing_pad();
    if (pad == no_block)
        unreachable(loc);
    else
        jump(pad);
}

void FunctionLowering::seh_try(const SEHTryStmt *s)
{
    Block after = new_block(), handler = new_block();
    size_t depth = cleanups_.size();
    const SEHFinallyStmt *finally = s->getFinallyHandler();
    const SEHExceptStmt *except = s->getExceptHandler();

    Cleanup c{
        finally ? Cleanup::Finally : Cleanup::Handler, s, NC_NONE, QualType(), s->getBeginLoc(), finally, handler
    };
    cleanups_.push_back(c);
    owners_.push_back(s);
    /* __leave ends the try block normally: the finally body follows, with AbnormalTermination() false. */
    Block end_of_try = new_block();
    leaves_.push_back({ end_of_try, depth + 1 });
    raise_point();
    stmt(s->getTryBlock());
    leaves_.pop_back();
    owners_.pop_back();
    start(end_of_try);
    cleanups_.resize(depth);
    if (finally)
        finally_body(finally, false);
    jump(after);

    current_ = handler;
    if (finally) {
        finally_body(finally, true);
        raise(finally->getBeginLoc());
    } else if (except) {
        owners_.push_back(except);
        const Expr *filter = except->getFilterExpr();
        nc_id verdict = value(filter);
        int64_t constant;
        if (exprs_.is_constant(verdict, &constant)) {
            /* EXCEPTION_EXECUTE_HANDLER is 1; with 0 the search goes on outside. */
            if (constant <= 0)
                raise(filter->getBeginLoc());
        } else {
            Block run = new_block(), pass = new_block();
            nc_id type = exprs_.row(verdict).type;
            branch(exprs_.compare(NC_EX_GT, verdict, exprs_.integer(0, type), type), run, pass, filter->getBeginLoc());
            current_ = pass;
            raise(filter->getBeginLoc());
            current_ = run;
        }
        if (open())
            stmt(except->getBlock());
        pop_to(depth);
        owners_.pop_back();
        jump(after);
    }
    current_ = after;
}

void FunctionLowering::cxx_try(const CXXTryStmt *s)
{
    Block after = new_block(), handler = new_block();
    size_t depth = cleanups_.size();
    cleanups_.push_back({ Cleanup::Handler, s, NC_NONE, QualType(), s->getBeginLoc(), nullptr, handler });
    owners_.push_back(s);
    raise_point();
    stmt(s->getTryBlock());
    owners_.pop_back();
    cleanups_.resize(depth);
    jump(after);

    current_ = handler;
    for (unsigned i = 0; i < s->getNumHandlers(); ++i) {
        const CXXCatchStmt *c = s->getHandler(i);
        Block body = new_block(), next = new_block();
        if (c->getExceptionDecl() || i + 1 < s->getNumHandlers())
            branch(unknown(ast_.IntTy), body, next, c->getBeginLoc());
        else
            jump(body);
        current_ = body;
        owners_.push_back(c);
        if (const VarDecl *v = c->getExceptionDecl()) {
            nc_id local = new_local(v->getName(), v->getType(), v->getLocation(), NC_LOCAL_ADDRESS_TAKEN);
            variables_[v] = local;
            emit(NC_IN_SCOPE, v->getLocation()).a = local;
            store(local_address(local), exprs_.unknown(locals_[local].type), locals_[local].type, v->getLocation(),
                  NC_INF_INIT);
            cleanups_.push_back({ Cleanup::EndLocal, c, local, v->getType(), v->getLocation() });
        }
        stmt(c->getHandlerBlock());
        pop_to(depth);
        owners_.pop_back();
        jump(after);
        current_ = next;
    }
    raise(s->getBeginLoc());
    current_ = after;
}

/* Kernel functions that are called inside __try because they raise: probes, copies from user memory, quota charges. */
bool FunctionLowering::may_raise(const FunctionDecl *callee) const
{
    const IdentifierInfo *id = callee ? callee->getIdentifier() : nullptr;
    if (!id)
        return false;
    StringRef name = id->getName();
    name.consume_front("__builtin_");
    for (StringRef prefix : { "Probe", "MmProbeAndLock", "ExRaise", "ExAllocatePoolWithQuota", "ExAllocatePoolQuota",
                              "RtlCopyMemory", "RtlMoveMemory", "RtlCopyBytes", "RtlCopyToUser", "RtlCopyFromUser",
                              "ReadULong", "WriteULong", "RtlRaiseStatus" })
        if (starts_with(name, prefix))
            return true;
    return name == "memcpy" || name == "memmove" || name == "memset" || name == "RtlZeroMemory" ||
           name == "RtlFillMemory" || name == "RtlCompareMemory" || name == "memcmp";
}

} // namespace nc
