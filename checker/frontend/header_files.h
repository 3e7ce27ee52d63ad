/*
 * The file system that the compiler sees: the disk, with names found whatever their letters' case is (drivers are
 * written on Windows), the embedded header model under embedded_root, and files' texts from an editor.
 * One instance for each compiler instance; not shared between threads.
 */
#ifndef NC_FRONTEND_HEADER_FILES_H
#define NC_FRONTEND_HEADER_FILES_H

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "clang/Basic/Version.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace nc
{

/* Declarations of what the sources use and nothing declares. */
inline constexpr llvm::StringLiteral unknown_names_path = "/<nmrcheck>/unknown.h";

/* Where includes seem to be that no folder has and that the project's own tree does. */
inline constexpr llvm::StringLiteral lookup_root = "/<nmrcheck>/lookup";

class HeaderFiles : public llvm::vfs::ProxyFileSystem
{
  public:
    explicit HeaderFiles(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> disk) : ProxyFileSystem(std::move(disk)) {}

    /* `text` stands for what is on disk under `path`; must outlive this. */
    void overlay(llvm::StringRef path, llvm::StringRef text);

    /* From now on, these bytes of the file are blanks. */
    void blank(llvm::StringRef path, size_t offset, size_t length);

    /* The text of unknown_names_path; must outlive this. */
    void declare(llvm::StringRef text) { declared_ = text; }

    /* What is asked for below lookup_root is asked of `find`: a path on disk, or "". */
    void look_up(std::function<std::string(const std::string &)> find) { find_ = std::move(find); }
    /* Names below these folders are not looked up: a kit's own headers win. */
    void never_look_up_what_is_in(llvm::StringRef folder) { kits_.push_back(folder.str()); }

    llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &path) override;
    llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine &path) override;
#if CLANG_VERSION_MAJOR < 19
    bool exists(const llvm::Twine &path); /* there not virtual, and made of status() */
#else
    bool exists(const llvm::Twine &path) override;
#endif

  private:
    struct Overlay {
        llvm::StringRef text;
        uint64_t number;
    };
    llvm::StringMap<Overlay> overlays_; /* by path */
    std::deque<std::string> changed_;   /* texts of overlays */
    llvm::StringRef declared_;
    /* Directory -> its entries' names by their lower-case form. */
    llvm::StringMap<llvm::StringMap<std::string>> listings_;

    std::function<std::string(const std::string &)> find_;
    std::vector<std::string> kits_;
    llvm::StringMap<std::string> looked_up_; /* name below lookup_root -> path on disk, or "" */

    const Overlay *overlay_of(llvm::StringRef path);
    bool is_parent_of_overlay(llvm::StringRef path) const;
    std::string looked_up(llvm::StringRef name);
    std::string actual_name(llvm::StringRef path);
    const llvm::StringMap<std::string> &listing(llvm::StringRef directory);
};

} // namespace nc
#endif
