/*
 * Which system headers a source reads first, and with which macros: found without a parse, through the driver's own
 * headers, as far as no condition decides. Sources that begin alike can share the parse of these headers.
 *
 * The system's headers (the header model, a driver kit) do not depend on what a driver declares, only on its macros. So
 * they can be read before the source is; where the source includes them, their guards skip them.
 */
#ifndef NC_FRONTEND_LEADING_INCLUDES_H
#define NC_FRONTEND_LEADING_INCLUDES_H

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "llvm/ADT/StringMap.h"

#include "frontend/frontend.h"
#include "frontend/header_files.h"

namespace nc
{

/* The directives of one file that matter here, unresolved. Made once for a file in a run. */
struct FileDirectives {
    struct Item {
        enum Kind { Quoted, Angled, Define } kind;
        std::string text; /* the header's name; the whole directive */
    };
    std::vector<Item> items;
    bool whole = true; /* false: what follows the items depends on more than this */
};

/* `text` must be NUL-terminated. Of a header, declarations between directives are passed over; in a main file, what
 * follows the first declaration is not looked at. */
FileDirectives read_directives(llvm::StringRef text, bool main_file);

class DirectiveCache
{
  public:
    std::shared_ptr<const FileDirectives> get(HeaderFiles &files, const std::string &path);

  private:
    std::mutex lock_;
    llvm::StringMap<std::shared_ptr<const FileDirectives>> files_; /* by absolute path */
};

/* Lines of text, `#include <system header>` and `#define`s, in the order in which the source meets them; the last one
 * is an include. Empty when nothing can be said. */
std::vector<std::string> leading_includes(const char *file, const nc_frontend_options &options, HeaderFiles &files,
                                          DirectiveCache &cache);

} // namespace nc
#endif
