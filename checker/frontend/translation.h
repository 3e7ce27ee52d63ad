/*
 * One translation unit on its way into a module: what its functions share. Functions and globals are made on demand,
 * beginning at those that the driver's own files define, so that headers cost nothing where they are not used.
 */
#ifndef NC_FRONTEND_TRANSLATION_H
#define NC_FRONTEND_TRANSLATION_H

#include <deque>
#include <memory>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Mangle.h"
#include "clang/Sema/Sema.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringMap.h"

#include "frontend/exprs.h"
#include "frontend/facts.h"

namespace nc
{

class Translation
{
  public:
    Translation(clang::ASTContext &ast, clang::Sema *sema, const SourceFacts &facts, nc_builder *b);

    /* Lowers everything. Gaps for missing headers and parse errors included. */
    void run();

    clang::ASTContext &ast;
    clang::Sema *sema; /* or null */
    const SourceFacts &facts;
    nc_builder *b;
    Locations locs;
    Types types;
    Exprs exprs;

    nc_module *module() { return nc_builder_module(b); }
    nc_id function(const clang::FunctionDecl *decl);
    nc_id function(clang::GlobalDecl decl);
    /* A function that the front end itself calls, e.g. nmrcheck_zero. */
    nc_id helper(llvm::StringRef name, nc_id return_type, unsigned parameters);
    /* FUNC expression for use as a value. */
    nc_id function_value(const clang::FunctionDecl *decl);
    nc_id callee(nc_id function); /* FUNC expression for a direct call */
    nc_id global(const clang::VarDecl *decl);
    nc_id compound_literal(const clang::CompoundLiteralExpr *literal);
    nc_id global_address(nc_id global);
    /* The expression for a constant pointer or integer, or NC_NONE if the model has none. */
    nc_id constant(const clang::APValue &value, clang::QualType type);
    void gap(uint32_t kind, llvm::StringRef what, llvm::StringRef reason, clang::SourceLocation loc);
    nc_str string(llvm::StringRef text) { return nc_builder_string_n(b, text.data(), text.size()); }
    bool is_noreturn(const clang::FunctionDecl *decl) const;

    /* The first error inside [begin, end], those in `dropped` left out; or null. */
    const ParseError *first_error(clang::SourceRange body, const std::vector<clang::SourceRange> &dropped);

    /* made_up.cpp: what only `facts.unknowns` declares. */
    /* Whether the expression's constant value would come from there: an enumerator, the size of a type. */
    bool is_made_up(const clang::Expr *constant);
    bool is_made_up(const clang::Decl *decl) const;
    /* A value that nobody knows and that is always the same, e.g. of FLAG, sizeof(TYPE). */
    nc_id unknown_constant(llvm::StringRef name, clang::QualType type);

    /* Text of a literal as UTF-8. */
    static std::string text_of(const clang::StringLiteral *literal);

  private:
    struct Job {
        nc_id function;
        const clang::FunctionDecl *definition;
        clang::GlobalDecl decl;
    };
    std::unique_ptr<clang::MangleContext> mangle_;
    llvm::StringMap<nc_id> named_functions_; /* with external linkage */
    llvm::DenseMap<const void *, nc_id> functions_;
    llvm::StringMap<nc_id> named_globals_;
    llvm::DenseMap<const void *, nc_id> globals_;
    llvm::StringMap<const clang::TypedefNameDecl *> role_decls_;
    llvm::DenseSet<const clang::TypedefNameDecl *> roles_done_;
    std::deque<Job> jobs_;
    std::vector<std::pair<nc_id, const clang::VarDecl *>> uninitialised_; /* globals whose initialiser is to be read */

    void find_all_roots();
    void find_roots(const clang::DeclContext *context);
    void find_roots_in(const clang::Decl *decl);
    bool is_root(const clang::FunctionDecl *decl) const;
    std::string name_of(clang::GlobalDecl decl);
    std::string display_name(const clang::FunctionDecl *decl);
    void section_of(const clang::FunctionDecl *decl, nc_function &f);
    void annotations_of(const clang::FunctionDecl *decl, std::vector<nc_annot> &out);
    void annotations_on(const clang::Decl *decl, nc_id param, std::vector<nc_annot> &out);
    nc_id add_annotations(const std::vector<nc_annot> &annots);
    void wanted_roles();
    void want_role(llvm::StringRef name);
    void role(const clang::TypedefNameDecl *decl);
    void initialise_globals();
    void collect(std::vector<nc_init> &out, uint64_t offset, clang::QualType type, const clang::Expr *init);
    void collect(std::vector<nc_init> &out, uint64_t offset, clang::QualType type, const clang::APValue &value,
                 nc_id loc);
    void finish_jobs();
    void gaps_of_parse();
};

/* An initialiser list that was not understood as a whole, as it was written; null if `init` is none. */
const clang::InitListExpr *recovered_list(const clang::Expr *init);

/* One element of such a list. */
struct ListPart {
    std::vector<const clang::FieldDecl *> path; /* from the object to what it initialises; empty: nobody knows */
    const clang::Expr *value;
};
std::vector<ListPart> parts_of_recovered_list(clang::QualType type, const clang::InitListExpr *list);

} // namespace nc
#endif
