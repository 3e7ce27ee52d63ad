/*
 * Making the module's expressions, with constants folded on the way. Expressions are pure; see module.h.
 */
#ifndef NC_FRONTEND_EXPRS_H
#define NC_FRONTEND_EXPRS_H

#include <vector>

#include "frontend/types.h"

namespace nc
{

/* The low 64 bits of a constant, extended by its sign if it has one. */
inline int64_t bits_of(const llvm::APSInt &value) { return (int64_t)value.extOrTrunc(64).getZExtValue(); }

class Exprs
{
  public:
    Exprs(Types &types, nc_builder *b) : types_(types), b_(b) {}

    nc_id integer(int64_t value, nc_id type);
    nc_id unknown(nc_id type);
    nc_id string(llvm::StringRef text);
    nc_id leaf(nc_expr_op op, nc_id index, nc_id type); /* GLOBAL, FUNC, LOCAL, TEMP */
    nc_id load(nc_id address, nc_id type, bool is_volatile);
    nc_id field(nc_id base, const clang::FieldDecl *field);
    nc_id index(nc_id base, nc_id number, int64_t element_size, nc_id type);
    nc_id binary(nc_expr_op op, nc_id a, nc_id b, nc_id type);
    nc_id compare(nc_expr_op op, nc_id a, nc_id b, nc_id operand_type);
    nc_id unary(nc_expr_op op, nc_id a, nc_id type);
    nc_id cast(nc_id a, nc_id type);

    bool is_constant(nc_id e, int64_t *value = nullptr) const;
    /* Whether its value may be another one later: it reads memory or is UNKNOWN. */
    bool may_change(nc_id e) const { return e < changes_.size() && changes_[e]; }
    unsigned depth(nc_id e) const { return e < depths_.size() ? depths_[e] : 0; }
    const nc_expr &row(nc_id e) const { return nc_builder_module(b_)->exprs[e]; }
    /* The local at the root of an address, or NC_NONE. */
    nc_id root_local(nc_id address) const;

  private:
    Types &types_;
    nc_builder *b_;
    std::vector<bool> changes_;
    std::vector<uint16_t> depths_;

    nc_id add(const nc_expr &e, bool changes);
    int64_t fit(int64_t value, nc_id type) const;
    bool fold(nc_expr_op op, int64_t a, int64_t b, nc_id operand_type, int64_t *result) const;
};

} // namespace nc
#endif
