/*
 * Lowering one function's body: our own control flow from the AST, with every scope's end, SEH's handlers and C++'s
 * destructors on each way out.
 *
 * Order of evaluation: operands from left to right, the right side of an assignment before its left one. A value that
 * a later side effect could change is held in a temp first.
 */
#ifndef NC_FRONTEND_FUNCTION_H
#define NC_FRONTEND_FUNCTION_H

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

#include "frontend/translation.h"

namespace nc
{

class FunctionLowering
{
  public:
    FunctionLowering(Translation &t, nc_id function, const clang::FunctionDecl *decl, clang::GlobalDecl global);
    void run();

  private:
    using Block = uint32_t;
    static constexpr Block no_block = UINT32_MAX;

    struct BlockData {
        std::vector<nc_inst> insts;
        std::vector<nc_case> cases;
        bool closed = false;
        uint8_t term = NC_TERM_UNREACHABLE;
        nc_id expr = NC_NONE;
        Block succ[2] = { no_block, no_block };
        nc_id loc = NC_NONE;
    };

    /* What must happen when control leaves a scope, innermost last. */
    struct Cleanup {
        enum Kind { EndLocal, Destroy, Finally, Handler } kind;
        const clang::Stmt *owner;  /* the statement whose scope it belongs to */
        nc_id local = NC_NONE;     /* EndLocal, Destroy */
        clang::QualType type;      /* Destroy */
        clang::SourceLocation loc; /* of the declaration */
        const clang::SEHFinallyStmt *finally = nullptr;
        Block handler = no_block; /* Handler, Finally: where an exception goes */
    };
    /* One level of recursion over the AST. Beyond a limit that the stack is sized for, what is inside is left out. */
    struct Nesting {
        FunctionLowering &f;
        bool too_deep;
        explicit Nesting(FunctionLowering &function) : f(function), too_deep(++f.depth_ > 20000)
        {
            if (too_deep)
                f.has_errors_ = true;
        }
        ~Nesting() { --f.depth_; }
        Nesting(const Nesting &) = delete;
        Nesting &operator=(const Nesting &) = delete;
    };
    struct JumpTarget {
        Block block;
        size_t depth; /* cleanups that stay */
    };

    Translation &t_;
    clang::ASTContext &ast_;
    Types &types_;
    Exprs &exprs_;
    nc_id function_;
    const clang::FunctionDecl *decl_;
    clang::GlobalDecl global_;

    std::deque<BlockData> blocks_;
    Block current_ = 0;
    std::vector<nc_local> locals_;
    uint32_t param_count_ = 0;
    uint32_t temp_count_ = 0;
    unsigned depth_ = 0;
    bool has_errors_ = false;
    bool too_large_ = false;
    nc_id result_param_ = NC_NONE; /* hidden parameter for a returned record */
    nc_id this_local_ = NC_NONE;
    nc_id paged_code_loc_ = NC_NONE;
    int abnormal_ = -1;                       /* inside a finally body: whether it runs abnormally */
    std::vector<clang::SourceRange> dropped_; /* trace calls that were left out */

    llvm::DenseMap<const clang::ValueDecl *, nc_id> variables_;                   /* locals by declaration */
    llvm::DenseMap<const clang::ValueDecl *, const clang::FieldDecl *> captures_; /* in a lambda's call operator */
    const clang::FieldDecl *this_capture_ = nullptr;
    llvm::DenseMap<const clang::OpaqueValueExpr *, nc_id> opaque_;
    nc_id default_init_this_ = NC_NONE; /* address of the object that a default member initialiser is for */

    std::vector<Cleanup> cleanups_;
    std::vector<const clang::Stmt *> owners_;
    std::vector<JumpTarget> breaks_, continues_, leaves_;
    llvm::DenseMap<const clang::SwitchCase *, Block> switch_blocks_;
    llvm::DenseMap<const clang::LabelDecl *, Block> labels_;
    llvm::DenseMap<const clang::LabelDecl *, std::vector<const clang::Stmt *>> label_owners_;
    llvm::DenseMap<const clang::LabelDecl *, clang::SourceLocation> label_locs_;
    std::vector<const clang::LabelDecl *> address_labels_;

    /* function.cpp: blocks, instructions, locals */
    Block new_block();
    BlockData &block() { return blocks_[current_]; }
    bool open() const { return !blocks_[current_].closed; }
    void start(Block b); /* goes on in b, which the current block falls into */
    void jump(Block b);
    void branch(nc_id condition, Block then, Block otherwise, clang::SourceLocation loc);
    void unreachable(clang::SourceLocation loc);
    nc_inst &emit(nc_inst_op op, clang::SourceLocation loc);
    void store(nc_id address, nc_id value, nc_id type, clang::SourceLocation loc, unsigned flags = 0);
    void copy(nc_id to, nc_id from, nc_id type, clang::SourceLocation loc, unsigned flags = 0);
    nc_id new_temp() { return temp_count_++; }
    nc_id temp_value(nc_id temp, nc_id type) { return exprs_.leaf(NC_EX_TEMP, temp, type); }
    nc_id set(nc_id value, clang::SourceLocation loc); /* a new temp with it; its value */
    void set_temp(nc_id temp, nc_id value, clang::SourceLocation loc);
    nc_id hold(nc_id value, clang::SourceLocation loc); /* in a temp if it may change */
    nc_id emit_call(nc_id callee, const std::vector<nc_id> &args, nc_id result_type, clang::SourceLocation loc,
                    unsigned flags);
    nc_id new_local(llvm::StringRef name, clang::QualType type, clang::SourceLocation loc, unsigned flags);
    nc_id local_address(nc_id local);
    nc_id temporary(clang::QualType type, clang::SourceLocation loc); /* local of the enclosing scope; its address */
    void mark_address_taken(nc_id address);
    void add_parameters();
    void find_labels(const clang::Stmt *root);
    void flush();

    /* scopes.cpp: leaving scopes, exceptions */
    void push_local(nc_id local, clang::QualType type, clang::SourceLocation loc);
    void run_cleanup(const Cleanup &cleanup, bool abnormal);
    void unwind(size_t depth, bool abnormal); /* emits the cleanups above depth; the stack stays */
    void pop_to(size_t depth);                /* emits them if control gets here, and drops them */
    void jump_out(const JumpTarget &target, bool abnormal);
    void raise_point();                    /* an exception may happen here */
    Block landing_pad();                   /* where an exception raised here goes */
    void raise(clang::SourceLocation loc); /* an exception happens here */
    void seh_try(const clang::SEHTryStmt *s);
    void finally_body(const clang::SEHFinallyStmt *f, bool abnormal);
    void cxx_try(const clang::CXXTryStmt *s);
    bool may_raise(const clang::FunctionDecl *callee) const;

    /* statements.cpp */
    void stmt(const clang::Stmt *s);
    void scoped(const clang::Stmt *owner, const clang::Stmt *body);
    void compound(const clang::CompoundStmt *s);
    void decl_stmt(const clang::DeclStmt *s);
    void variable(const clang::VarDecl *v);
    void if_stmt(const clang::IfStmt *s);
    void while_stmt(const clang::WhileStmt *s);
    void do_stmt(const clang::DoStmt *s);
    void for_stmt(const clang::ForStmt *s);
    void range_for_stmt(const clang::CXXForRangeStmt *s);
    void switch_stmt(const clang::SwitchStmt *s);
    void return_stmt(const clang::ReturnStmt *s);
    void goto_label(const clang::LabelDecl *label);
    void indirect_goto(const clang::IndirectGotoStmt *s);
    void asm_stmt(const clang::AsmStmt *s);
    Block label_block(const clang::LabelDecl *label);

    /* conditions.cpp */
    void condition(const clang::Expr *e, Block then, Block otherwise);
    nc_id logical_value(const clang::Expr *e);
    void assume(const clang::Expr *e, bool holds, bool assertion, clang::SourceLocation loc);

    /* values.cpp: rvalues */
    nc_id value(const clang::Expr *e);
    nc_id value_of_kind(const clang::Expr *e);
    nc_id rvalue(const clang::Expr *e); /* of an expression that may still be an lvalue */
    nc_id cast_value(const clang::CastExpr *e);
    nc_id binary_value(const clang::BinaryOperator *e);
    nc_id arithmetic(clang::BinaryOperatorKind op, nc_id a, nc_id b, clang::QualType left, clang::QualType right,
                     clang::QualType type);
    nc_id unary_value(const clang::UnaryOperator *e);
    nc_id conditional_value(const clang::AbstractConditionalOperator *e);
    nc_id statement_value(const clang::StmtExpr *e, bool wanted);
    nc_id constant_value(const clang::Expr *e); /* by Clang's evaluator */
    nc_id load(nc_id address, clang::QualType type, clang::SourceLocation loc);
    nc_id unknown(clang::QualType type) { return exprs_.unknown(types_.get(type)); }
    bool has_effects(const clang::Expr *e) const;

    /* assignments.cpp */
    nc_id assign(const clang::BinaryOperator *e, bool wanted);
    nc_id compound_assign(const clang::CompoundAssignOperator *e, bool wanted);
    nc_id increment(const clang::UnaryOperator *e, bool wanted);
    void effects(const clang::Expr *e); /* evaluates and drops the value */
    void child_effects(const clang::Stmt *s);
    nc_id atomic(const clang::AtomicExpr *e);

    /* recovery.cpp */
    void recovery(const clang::RecoveryExpr *e);
    void initialise_recovered(nc_id address, clang::QualType type, const clang::InitListExpr *list,
                              clang::SourceLocation loc);
    /* What a RecoveryExpr refers to when it only stands for the name of an invalid declaration, or null. */
    static const clang::ValueDecl *recovered_name(const clang::Expr *e);

    /* addresses.cpp: lvalues and records */
    nc_id address(const clang::Expr *e);
    nc_id address_of_kind(const clang::Expr *e);
    nc_id variable_address(const clang::ValueDecl *decl, clang::SourceLocation loc);
    nc_id member_address(const clang::MemberExpr *e);
    nc_id record_address(const clang::Expr *e); /* of a record-valued expression: where the value lies */
    nc_id base_address(nc_id address, const clang::CastExpr *e);
    nc_id array_base(const clang::Expr *e);

    /* initialisers.cpp */
    void initialise(nc_id address, clang::QualType type, const clang::Expr *init, clang::SourceLocation loc);
    void initialise_part(nc_id address, clang::QualType type, const clang::Expr *init);
    void initialise_list(nc_id address, clang::QualType type, const clang::InitListExpr *list);
    bool covers(clang::QualType type, const clang::Expr *init);
    void zero(nc_id address, clang::QualType type, clang::SourceLocation loc);

    /* calls.cpp */
    nc_id call(const clang::CallExpr *e, bool dropped, nc_id result = NC_NONE);
    bool special_call(const clang::CallExpr *e, const clang::FunctionDecl *callee, bool dropped, nc_id *result);
    bool builtin_call(const clang::CallExpr *e, unsigned id, nc_id *result);
    void arguments(llvm::ArrayRef<const clang::Expr *> args, const clang::FunctionProtoType *proto,
                   std::vector<nc_id> &out);
    nc_id argument(const clang::Expr *e, clang::QualType param);
    void after_call(const clang::FunctionDecl *callee, clang::SourceLocation loc);
    bool is_trace_call(const clang::FunctionDecl *callee) const;

    /* cxx.cpp */
    nc_id cxx_value(const clang::Expr *e);
    void construct(nc_id address, const clang::CXXConstructExpr *e);
    void destroy(nc_id address, clang::QualType type, clang::SourceLocation loc);
    nc_id new_expr(const clang::CXXNewExpr *e);
    void delete_expr(const clang::CXXDeleteExpr *e);
    void lambda(nc_id address, const clang::LambdaExpr *e);
    void constructor_prologue(const clang::CXXConstructorDecl *ctor);
    void destructor_epilogue(const clang::CXXDestructorDecl *dtor);
    nc_id this_value();
};

} // namespace nc
#endif
