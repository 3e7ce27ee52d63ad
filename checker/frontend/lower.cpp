#include "frontend/lower.h"

#include "frontend/translation.h"

namespace nc
{

void lower_translation_unit(clang::ASTContext &ast, clang::Sema *sema, const SourceFacts &facts, nc_builder *b)
{
    Translation(ast, sema, facts, b).run();
}

} // namespace nc
