/*
 * Types: Clang's into the module's, on demand. Safe on incomplete, dependent and invalid types: such a type has size 0
 * or a plain sequential layout.
 */
#ifndef NC_FRONTEND_TYPES_H
#define NC_FRONTEND_TYPES_H

#include "clang/AST/ASTContext.h"
#include "llvm/ADT/DenseMap.h"

#include "frontend/locations.h"

namespace nc
{

class Types
{
  public:
    Types(clang::ASTContext &ast, Locations &locs, nc_builder *b) : ast_(ast), locs_(locs), b_(b) {}

    nc_id get(clang::QualType type);
    nc_id pointer_to(clang::QualType pointee);
    nc_id pointer_to(nc_id pointee, bool is_const);
    nc_id record(const clang::RecordDecl *record);  /* fields included */
    nc_id field(const clang::FieldDecl *field);     /* index into the module's fields */
    uint64_t offset(const clang::FieldDecl *field); /* bits */
    /* Offset in bytes of a C++ base class in an object. */
    int64_t base_offset(const clang::CXXRecordDecl *derived, const clang::CXXRecordDecl *base);
    uint64_t size(clang::QualType type); /* bytes; 0: incomplete or variable */

    nc_id void_type();
    nc_id int_type();     /* int */
    nc_id size_type();    /* size_t */
    nc_id ptrdiff_type(); /* ptrdiff_t */
    nc_id void_pointer();
    const nc_type &row(nc_id type) const { return nc_builder_module(b_)->types[type]; }

    /* Roles found in fields, to be filled in by the declarations' part. */
    std::vector<const clang::TypedefNameDecl *> wanted_roles;

  private:
    clang::ASTContext &ast_;
    Locations &locs_;
    nc_builder *b_;
    llvm::DenseMap<void *, nc_id> known_;
    llvm::DenseMap<uint64_t, nc_id> pointers_;
    llvm::DenseMap<const clang::RecordDecl *, nc_id> records_;
    llvm::DenseMap<const clang::FieldDecl *, nc_id> fields_;
    llvm::DenseMap<const clang::FieldDecl *, uint64_t> offsets_;
    llvm::DenseMap<const clang::RecordDecl *, uint64_t> own_sizes_; /* records that Clang cannot lay out */
    llvm::DenseMap<const clang::RecordDecl *, bool> sound_;

    nc_id build(clang::QualType canonical);
    std::string record_name(const clang::RecordDecl *record);
    bool is_sound(const clang::RecordDecl *record);
    bool is_sound(clang::QualType type);
    void lay_out(const clang::RecordDecl *record);
};

/* The name of the function typedef that `type` (a function type, a pointer to one, or an array of those) was written
 * with, or null. A typedef of a pointer to a nameless function type counts. */
const clang::TypedefNameDecl *role_of(clang::QualType type, const clang::SourceManager &sm);

} // namespace nc
#endif
