/*
 * The way from a parsed translation unit to a module, for the program and the plugin alike.
 */
#ifndef NC_FRONTEND_LOWER_H
#define NC_FRONTEND_LOWER_H

#include "clang/AST/ASTContext.h"
#include "clang/Sema/Sema.h"

#include "frontend/facts.h"
#include "model/builder.h"

namespace nc
{

/* Adds the translation unit to `b`. `sema` may be null: it finds some names quicker. */
void lower_translation_unit(clang::ASTContext &ast, clang::Sema *sema, const SourceFacts &facts, nc_builder *b);

} // namespace nc
#endif
