/*
 * What the plugin and the clang-tidy module share: places and fixes of findings in Clang's terms.
 */
#ifndef NC_FRONTEND_PLACES_H
#define NC_FRONTEND_PLACES_H

#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/SourceManager.h"

#include "report/finding.h"

namespace nc
{

/* Invalid when the place is not known, or in no file of this translation unit. */
clang::SourceLocation location(const clang::SourceManager &sm, const char *file, uint32_t line, uint32_t col);
clang::SourceLocation location(const clang::SourceManager &sm, const nc_place &place);

/* The edits of the finding's first sure fix; none where one of them has no place. */
std::vector<clang::FixItHint> fix_its(const clang::SourceManager &sm, const nc_finding &finding);

} // namespace nc
#endif
