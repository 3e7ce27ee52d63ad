#include "frontend/locations.h"

#include "clang/Lex/Lexer.h"
#include "llvm/Support/Path.h"

#include "frontend/compat.h"

using namespace clang;

namespace nc
{

std::string Locations::path(FileID id) const
{
    StringRef name;
    if (OptionalFileEntryRef entry = sm_.getFileEntryRefForID(id))
        name = entry->getName();
    else
        name = sm_.getBufferOrFake(id).getBufferIdentifier();
    if (name.consume_front(embedded_root))
        return (embedded_prefix + name).str();
    return name.str();
}

nc_id Locations::file(FileID id)
{
    auto known = files_by_id_.find(id);
    if (known != files_by_id_.end())
        return known->second;
    std::string name = path(id);
    auto [it, fresh] = files_.try_emplace(name, NC_NONE);
    if (fresh) {
        nc_file f = {};
        f.path = nc_builder_string_n(b_, name.data(), name.size());
        if (in_system_header(sm_.getLocForStartOfFile(id)))
            f.flags |= NC_FILE_SYSTEM;
        if (id == sm_.getMainFileID())
            f.flags |= NC_FILE_MAIN;
        it->second = nc_builder_add_files(b_, &f);
    }
    files_by_id_[id] = it->second;
    return it->second;
}

nc_id Locations::get(SourceLocation loc)
{
    if (loc.isInvalid())
        return NC_NONE;
    auto known = known_.find(loc.getRawEncoding());
    if (known != known_.end())
        return known->second;

    nc_loc l = {};
    auto [file_id, offset] = sm_.getDecomposedExpansionLoc(loc);
    l.file = file(file_id);
    l.line = sm_.getLineNumber(file_id, offset);
    l.col = sm_.getColumnNumber(file_id, offset);
    l.spelling_file = l.file;
    l.spelling_line = l.line;
    l.spelling_col = l.col;
    if (loc.isMacroID()) {
        SourceLocation expansion = sm_.getExpansionLoc(loc);
        bool invalid = false;
        const char *text = sm_.getCharacterData(expansion, &invalid);
        if (!invalid) {
            unsigned length = Lexer::MeasureTokenLength(expansion, sm_, lang_);
            l.macro = nc_builder_string_n(b_, text, length);
        }
        auto [spelling_id, spelling_offset] = sm_.getDecomposedSpellingLoc(loc);
        /* Pasted tokens are spelled in a scratch buffer that no one can open. */
        if (sm_.getFileEntryForID(spelling_id)) {
            l.spelling_file = file(spelling_id);
            l.spelling_line = sm_.getLineNumber(spelling_id, spelling_offset);
            l.spelling_col = sm_.getColumnNumber(spelling_id, spelling_offset);
        }
    }
    nc_id id = nc_builder_loc(b_, &l);
    known_[loc.getRawEncoding()] = id;
    return id;
}

std::string Locations::short_name(SourceLocation loc) const
{
    auto [file_id, offset] = sm_.getDecomposedExpansionLoc(loc);
    std::string name = llvm::sys::path::filename(path(file_id)).str();
    return name + ":" + std::to_string(sm_.getLineNumber(file_id, offset));
}

bool Locations::in_system_header(SourceLocation loc) const
{
    return loc.isValid() && SrcMgr::isSystem(sm_.getFileCharacteristic(sm_.getExpansionLoc(loc)));
}

bool Locations::in_main_file(SourceLocation loc) const
{
    return loc.isValid() && sm_.getFileID(sm_.getExpansionLoc(loc)) == sm_.getMainFileID();
}

} // namespace nc
