/*
 * Source positions: Clang's into the module's. Positions are those after macro expansion; see struct nc_loc.
 */
#ifndef NC_FRONTEND_LOCATIONS_H
#define NC_FRONTEND_LOCATIONS_H

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include "model/builder.h"

namespace nc
{

/* Where the embedded headers are mounted, and how their paths begin in a module. */
inline constexpr llvm::StringLiteral embedded_root = "/<nmrcheck>/include/";
inline constexpr llvm::StringLiteral embedded_prefix = "<nmrcheck>/";

class Locations
{
  public:
    Locations(const clang::SourceManager &sm, const clang::LangOptions &lang, nc_builder *b)
        : sm_(sm), lang_(lang), b_(b)
    {
    }

    /* Index into the module's locs; NC_NONE for an invalid position. */
    nc_id get(clang::SourceLocation loc);
    /* "file.h:LINE" with the file's last path component. */
    std::string short_name(clang::SourceLocation loc) const;
    bool in_system_header(clang::SourceLocation loc) const;
    bool in_main_file(clang::SourceLocation loc) const;

  private:
    const clang::SourceManager &sm_;
    const clang::LangOptions &lang_;
    nc_builder *b_;
    llvm::DenseMap<unsigned, nc_id> known_;
    llvm::DenseMap<clang::FileID, nc_id> files_by_id_;
    llvm::StringMap<nc_id> files_;

    nc_id file(clang::FileID id);
    std::string path(clang::FileID id) const;
};

} // namespace nc
#endif
