#include "frontend/places.h"

#include "clang/Basic/FileManager.h"

using namespace clang;

namespace nc
{

namespace
{

/* The file among those that the compiler has read. It is not asked for by its name: in older versions of Clang that
 * name would then be the one in the compiler's messages. */
FileID file_of(const SourceManager &sm, const char *path)
{
    llvm::ErrorOr<llvm::vfs::Status> status = sm.getFileManager().getVirtualFileSystem().status(path);
    if (!status)
        return {};
    for (unsigned i = 0; i < sm.local_sloc_entry_size(); ++i) {
        const SrcMgr::SLocEntry &entry = sm.getLocalSLocEntry(i);
        if (!entry.isFile())
            continue;
        FileID id = sm.getFileID(SourceLocation::getFromRawEncoding(entry.getOffset()));
        const FileEntry *file = sm.getFileEntryForID(id);
        if (file && file->getUniqueID() == status->getUniqueID())
            return id;
    }
    return {};
}

} // namespace

SourceLocation location(const SourceManager &sm, const char *file, uint32_t line, uint32_t col)
{
    if (line == 0)
        return {};
    FileID id = file_of(sm, file);
    return id.isValid() ? sm.translateLineCol(id, line, col ? col : 1) : SourceLocation();
}

SourceLocation location(const SourceManager &sm, const nc_place &place)
{
    return location(sm, place.file, place.line, place.col);
}

std::vector<FixItHint> fix_its(const SourceManager &sm, const nc_finding &finding)
{
    std::vector<FixItHint> hints;
    for (size_t i = 0; i < finding.fix_count && hints.empty(); ++i) {
        const nc_fix &fix = finding.fixes[i];
        for (size_t j = 0; fix.sure && j < fix.edit_count; ++j) {
            const nc_fix_edit &edit = fix.edits[j];
            SourceLocation start = location(sm, edit.file, edit.line, edit.col);
            SourceLocation end = location(sm, edit.file, edit.end_line, edit.end_col);
            if (start.isInvalid() || end.isInvalid())
                return {};
            if (start == end)
                hints.push_back(FixItHint::CreateInsertion(start, edit.text));
            else
                hints.push_back(FixItHint::CreateReplacement(CharSourceRange::getCharRange(start, end), edit.text));
        }
    }
    return hints;
}

} // namespace nc
