/* Blocks, instructions and locals of a function, and their way into the module. */
#include "frontend/function.h"

#include "clang/AST/RecursiveASTVisitor.h"

#include "frontend/compat.h"

using namespace clang;

namespace nc
{

namespace
{

const size_t block_limit = 100000; /* finally bodies are copied: a hostile input can make many */
const unsigned held_depth = 100;   /* an expression deeper than that goes through a temp */

} // namespace

FunctionLowering::FunctionLowering(Translation &t, nc_id function, const FunctionDecl *decl, GlobalDecl global)
    : t_(t), ast_(t.ast), types_(t.types), exprs_(t.exprs), function_(function), decl_(decl), global_(global)
{
}

FunctionLowering::Block FunctionLowering::new_block()
{
    if (blocks_.size() >= block_limit)
        too_large_ = true;
    blocks_.emplace_back();
    return (Block)(blocks_.size() - 1);
}

void FunctionLowering::jump(Block b)
{
    if (!open())
        return;
    block().closed = true;
    block().term = NC_TERM_JUMP;
    block().succ[0] = b;
}

void FunctionLowering::start(Block b)
{
    jump(b);
    current_ = b;
}

void FunctionLowering::branch(nc_id condition, Block then, Block otherwise, SourceLocation loc)
{
    if (!open())
        return;
    int64_t constant;
    if (exprs_.is_constant(condition, &constant))
        return jump(constant ? then : otherwise);
    block().closed = true;
    block().term = NC_TERM_BRANCH;
    block().expr = condition;
    block().succ[0] = then;
    block().succ[1] = otherwise;
    block().loc = t_.locs.get(loc);
}

void FunctionLowering::unreachable(SourceLocation loc)
{
    if (!open())
        return;
    block().closed = true;
    block().term = NC_TERM_UNREACHABLE;
    block().loc = t_.locs.get(loc);
}

nc_inst &FunctionLowering::emit(nc_inst_op op, SourceLocation loc)
{
    if (!open())
        current_ = new_block(); /* dead code: never reached, dropped in flush */
    nc_inst i = {};
    i.op = (uint8_t)op;
    i.loc = t_.locs.get(loc);
    i.a = i.b = i.c = i.type = NC_NONE;
    block().insts.push_back(i);
    return block().insts.back();
}

void FunctionLowering::store(nc_id address, nc_id value, nc_id type, SourceLocation loc, unsigned flags)
{
    nc_inst &i = emit(NC_IN_STORE, loc);
    i.a = address;
    i.b = value;
    i.type = type;
    i.flags = (uint8_t)flags;
}

void FunctionLowering::copy(nc_id to, nc_id from, nc_id type, SourceLocation loc, unsigned flags)
{
    if (to == from)
        return;
    nc_inst &i = emit(NC_IN_COPY, loc);
    i.a = to;
    i.b = from;
    i.type = type;
    i.flags = (uint8_t)flags;
}

void FunctionLowering::set_temp(nc_id temp, nc_id value, SourceLocation loc)
{
    nc_id type = exprs_.row(value).type;
    nc_inst &i = emit(NC_IN_SET, loc);
    i.a = temp;
    i.b = value;
    i.type = type;
}

nc_id FunctionLowering::set(nc_id value, SourceLocation loc)
{
    nc_id temp = new_temp();
    set_temp(temp, value, loc);
    return temp_value(temp, exprs_.row(value).type);
}

nc_id FunctionLowering::hold(nc_id value, SourceLocation loc)
{
    if (!exprs_.may_change(value) && exprs_.depth(value) < held_depth)
        return value;
    return set(value, loc);
}

nc_id FunctionLowering::emit_call(nc_id callee, const std::vector<nc_id> &args, nc_id result_type, SourceLocation loc,
                                  unsigned flags)
{
    nc_id temp = types_.row(result_type).kind == NC_TY_VOID ? NC_NONE : new_temp();
    nc_id first = t_.module()->args_count;
    for (nc_id a : args)
        nc_builder_add_args(t_.b, &a);
    nc_inst &i = emit(NC_IN_CALL, loc);
    i.a = temp;
    i.b = callee;
    i.c = first;
    i.arg_count = (uint16_t)std::min<size_t>(args.size(), UINT16_MAX);
    i.type = result_type;
    i.flags = (uint8_t)flags;
    return temp == NC_NONE ? NC_NONE : temp_value(temp, result_type);
}

nc_id FunctionLowering::new_local(StringRef name, QualType type, SourceLocation loc, unsigned flags)
{
    nc_local l = {};
    l.name = t_.string(name);
    l.type = type->isReferenceType() ? types_.pointer_to(type->getPointeeType()) : types_.get(type);
    l.loc = t_.locs.get(loc);
    l.flags = (uint8_t)flags;
    locals_.push_back(l);
    return (nc_id)(locals_.size() - 1);
}

nc_id FunctionLowering::local_address(nc_id local)
{
    return exprs_.leaf(NC_EX_LOCAL, local, types_.pointer_to(locals_[local].type, false));
}

nc_id FunctionLowering::temporary(QualType type, SourceLocation loc)
{
    nc_id local = new_local("", type.getUnqualifiedType(), loc, NC_LOCAL_TEMPORARY | NC_LOCAL_ADDRESS_TAKEN);
    emit(NC_IN_SCOPE, loc).a = local;
    cleanups_.push_back({ Cleanup::EndLocal, owners_.empty() ? nullptr : owners_.back(), local, type, loc });
    return local_address(local);
}

void FunctionLowering::mark_address_taken(nc_id address)
{
    nc_id local = exprs_.root_local(address);
    if (local != NC_NONE)
        locals_[local].flags |= NC_LOCAL_ADDRESS_TAKEN;
}

void FunctionLowering::add_parameters()
{
    if (const auto *method = dyn_cast<CXXMethodDecl>(decl_); method && method->isInstance()) {
        this_local_ = new_local("this", method->getThisType(), decl_->getLocation(), NC_LOCAL_PARAM);
        if (method->getParent()->isLambda()) {
            llvm::DenseMap<const CapturedVariable *, FieldDecl *> fields;
            FieldDecl *this_field = nullptr;
            method->getParent()->getCaptureFields(fields, this_field);
            for (auto &[var, field] : fields)
                captures_[var] = field;
            this_capture_ = this_field;
        }
    }
    for (const ParmVarDecl *p : decl_->parameters())
        variables_[p] = new_local(p->getName(), p->getType(), p->getLocation(), NC_LOCAL_PARAM);
    if (decl_->getReturnType()->isRecordType())
        result_param_ = new_local("", ast_.getPointerType(decl_->getReturnType()), decl_->getLocation(),
                                  NC_LOCAL_PARAM | NC_LOCAL_TEMPORARY);
    param_count_ = (uint32_t)locals_.size();
    /* A record parameter is passed as an address of the caller's copy; in the body it is a variable of its own. */
    for (const ParmVarDecl *p : decl_->parameters()) {
        if (!p->getType()->isRecordType())
            continue;
        nc_id param = variables_[p];
        QualType type = p->getType();
        nc_id record_type = types_.get(type);
        locals_[param].type = types_.pointer_to(type);
        nc_id own = new_local(p->getName(), type, p->getLocation(), 0);
        emit(NC_IN_SCOPE, p->getLocation()).a = own;
        nc_id from = exprs_.load(local_address(param), locals_[param].type, false);
        copy(local_address(own), from, record_type, p->getLocation(), NC_INF_INIT);
        variables_[p] = own;
        cleanups_.push_back({ Cleanup::EndLocal, nullptr, own, type, p->getLocation() });
    }
}

namespace
{

/* The statements that enclose each label and open a scope, and the labels whose address is taken. */
class LabelFinder : public RecursiveASTVisitor<LabelFinder>
{
  public:
    llvm::DenseMap<const LabelDecl *, std::vector<const Stmt *>> &owners;
    llvm::DenseMap<const LabelDecl *, SourceLocation> &locs;
    std::vector<const LabelDecl *> &addresses;
    std::vector<const Stmt *> stack;

    LabelFinder(llvm::DenseMap<const LabelDecl *, std::vector<const Stmt *>> &o,
                llvm::DenseMap<const LabelDecl *, SourceLocation> &l, std::vector<const LabelDecl *> &a)
        : owners(o), locs(l), addresses(a)
    {
    }
    bool TraverseStmt(Stmt *s)
    {
        if (!s)
            return true;
        if (isa<LambdaExpr>(s))
            return true;
        bool scope = isa<CompoundStmt, ForStmt, WhileStmt, DoStmt, IfStmt, SwitchStmt, SEHTryStmt, CXXTryStmt,
                         CXXForRangeStmt, CXXCatchStmt, SEHExceptStmt, SEHFinallyStmt>(s);
        if (scope)
            stack.push_back(s);
        bool result = RecursiveASTVisitor::TraverseStmt(s);
        if (scope)
            stack.pop_back();
        return result;
    }
    bool VisitLabelStmt(LabelStmt *s)
    {
        owners[s->getDecl()] = stack;
        locs[s->getDecl()] = s->getBeginLoc();
        return true;
    }
    bool VisitAddrLabelExpr(AddrLabelExpr *e)
    {
        if (!llvm::is_contained(addresses, e->getLabel()))
            addresses.push_back(e->getLabel());
        return true;
    }
};

} // namespace

void FunctionLowering::find_labels(const Stmt *root)
{
    /* Labels are rare: the walk is made only for a function that has one. */
    bool any = false;
    for (const Decl *d : decl_->decls())
        any = any || isa<LabelDecl>(d);
    if (any)
        LabelFinder(label_owners_, label_locs_, address_labels_).TraverseStmt(const_cast<Stmt *>(root));
}

void FunctionLowering::run()
{
    const Stmt *body = decl_->getBody();
    current_ = new_block();
    add_parameters();
    find_labels(body);
    if (const auto *ctor = dyn_cast<CXXConstructorDecl>(decl_))
        constructor_prologue(ctor);
    stmt(body);
    if (const auto *dtor = dyn_cast<CXXDestructorDecl>(decl_); dtor && open())
        destructor_epilogue(dtor);
    if (open()) {
        unwind(0, false);
        block().closed = true;
        block().term = NC_TERM_RETURN;
        block().loc = t_.locs.get(decl_->getBodyRBrace());
    }
    flush();
}

void FunctionLowering::flush()
{
    nc_function &f = t_.module()->functions[function_];
    std::string reason;
    const ParseError *error = too_large_ ? nullptr : t_.first_error(decl_->getSourceRange(), dropped_);
    if (too_large_)
        reason = "too large: control flow was cut";
    else if (has_errors_ || error)
        reason = "parts of its body were not understood";
    if (error)
        reason +=
            "; line " + std::to_string(ast_.getSourceManager().getExpansionLineNumber(error->loc)) + ": " + error->text;
    if (!reason.empty()) {
        f.flags |= NC_FN_HAS_ERRORS;
        t_.gap(NC_GAP_FUNCTION, decl_->getNameAsString(), reason, decl_->getLocation());
    }
    if (paged_code_loc_ != NC_NONE) {
        f.flags |= NC_FN_PAGED_CODE;
        f.paged_code_loc = paged_code_loc_;
    }
    f.param_count = param_count_;
    f.local_count = (nc_id)locals_.size();
    f.first_local = t_.module()->locals_count;
    for (const nc_local &l : locals_)
        nc_builder_add_locals(t_.b, &l);
    f.temp_count = temp_count_;

    /* Reachable blocks; those that only jump are skipped. */
    auto target = [&](Block b) {
        for (unsigned steps = 0; steps < 64; ++steps) {
            const BlockData &d = blocks_[b];
            if (!d.closed || !d.insts.empty() || d.term != NC_TERM_JUMP || d.succ[0] == b)
                break;
            b = d.succ[0];
        }
        return b;
    };
    std::vector<bool> reached(blocks_.size());
    std::vector<Block> work{ 0 };
    reached[0] = true;
    auto reach = [&](Block b) {
        if (b != no_block && !reached[b]) {
            reached[b] = true;
            work.push_back(b);
        }
    };
    while (!work.empty()) {
        BlockData &d = blocks_[work.back()];
        work.pop_back();
        for (Block &s : d.succ)
            if (s != no_block)
                reach(s = target(s));
        for (nc_case &c : d.cases)
            reach(c.target = target(c.target));
    }
    /* A block that only one jump leads to is the rest of the block with the jump. */
    std::vector<uint32_t> entries(blocks_.size());
    entries[0] = 2;
    for (size_t i = 0; i < blocks_.size(); ++i) {
        if (!reached[i])
            continue;
        for (Block s : blocks_[i].succ)
            if (s != no_block)
                ++entries[s];
        for (const nc_case &c : blocks_[i].cases)
            ++entries[c.target];
    }
    for (size_t i = 0; i < blocks_.size(); ++i) {
        BlockData &d = blocks_[i];
        while (reached[i] && d.closed && d.term == NC_TERM_JUMP && entries[d.succ[0]] == 1 && d.succ[0] != i) {
            Block rest = d.succ[0];
            BlockData &next = blocks_[rest];
            reached[rest] = false;
            next.insts.insert(next.insts.begin(), d.insts.begin(), d.insts.end());
            d = std::move(next);
        }
    }
    /* Reverse postorder: a block comes after those that lead to it, loops aside. */
    std::vector<Block> order;
    std::vector<std::pair<Block, size_t>> path{ { 0, 0 } };
    std::vector<bool> seen(blocks_.size());
    seen[0] = true;
    while (!path.empty()) {
        auto &[b, next] = path.back();
        const BlockData &d = blocks_[b];
        size_t cases = d.cases.size(), total = cases + 2;
        Block successor = no_block;
        while (next < total && successor == no_block) {
            size_t k = next++; /* the first successor last, so that it comes first in the reverse order */
            successor = k == 0 ? d.succ[1] : k <= cases ? d.cases[cases - k].target : d.succ[0];
            if (successor != no_block && seen[successor])
                successor = no_block;
        }
        if (successor == no_block) {
            order.push_back(b);
            path.pop_back();
        } else {
            seen[successor] = true;
            path.push_back({ successor, 0 });
        }
    }
    std::reverse(order.begin(), order.end());
    std::vector<nc_id> number(blocks_.size(), NC_NONE);
    nc_id count = 0;
    for (Block b : order)
        number[b] = count++;
    nc_id first_block = t_.module()->blocks_count;
    for (Block b : order) {
        BlockData &d = blocks_[b];
        nc_block row = {};
        row.term = d.term;
        row.expr = d.expr;
        row.loc = d.loc;
        row.first_inst = t_.module()->insts_count;
        row.inst_count = (nc_id)d.insts.size();
        for (const nc_inst &inst : d.insts)
            nc_builder_add_insts(t_.b, &inst);
        for (int k = 0; k < 2; ++k)
            row.succ[k] = d.succ[k] == no_block ? NC_NONE : number[d.succ[k]];
        row.first_case = t_.module()->cases_count;
        row.case_count = (nc_id)d.cases.size();
        for (nc_case c : d.cases) {
            c.target = number[c.target];
            nc_builder_add_cases(t_.b, &c);
        }
        nc_builder_add_blocks(t_.b, &row);
    }
    nc_function &done = t_.module()->functions[function_];
    done.first_block = first_block;
    done.block_count = count;
}

} // namespace nc
