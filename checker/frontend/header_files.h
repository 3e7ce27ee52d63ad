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
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/VirtualFileSystem.h"

struct nc_frontend_options;

namespace nc
{

/* Declarations of what the sources use and nothing declares. */
inline constexpr llvm::StringLiteral unknown_names_path = "/<nmrcheck>/unknown.h";

/* Where includes seem to be that no folder has and that the project's own tree does. */
inline constexpr llvm::StringLiteral lookup_root = "/<nmrcheck>/lookup";

/* XXH3 of 128 bits, hexadecimal. */
std::string content_hash(llvm::StringRef text);

class HeaderFiles : public llvm::vfs::ProxyFileSystem
{
  public:
    explicit HeaderFiles(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> disk) : ProxyFileSystem(std::move(disk)) {}

    /* As the options want it for `file`; both must outlive it. Null and a line for *error when there is no such working
     * directory. */
    static llvm::IntrusiveRefCntPtr<HeaderFiles> open(const char *file, const nc_frontend_options &options,
                                                      std::string *error);

    /* `text` stands for what is on disk under `path`; must outlive this. */
    void overlay(llvm::StringRef path, llvm::StringRef text);

    /* From now on, these bytes of the file are blanks. */
    void blank(llvm::StringRef path, size_t offset, size_t length);

    /* The text of unknown_names_path; must outlive this. */
    void declare(llvm::StringRef text) { declared_ = text; }

    /* A file of the front end's own, below /<nmrcheck>/. The text must outlive this and have a NUL behind it. */
    void add_text(llvm::StringRef path, llvm::StringRef text);

    /* What is asked for below lookup_root is asked of `find`: a path on disk, or "". */
    void look_up(std::function<std::string(const std::string &)> find) { find_ = std::move(find); }
    /* Names below these folders are not looked up: a kit's own headers win. */
    void never_look_up_what_is_in(llvm::StringRef folder) { kits_.push_back(folder.str()); }

    /*
     * What has been asked of the disk and what it said: a line each, in the order of the questions, of a letter, a path
     * (absolute), a tab, and a detail:
     *     M path          there is no such file
     *     E path actual   there is one; its name on disk, if that is another one
     *     R path hash     it was read, and this is content_hash of what was read
     *     L name path     `name` was looked up, with this result (or none)
     */
    std::string reads() const { return reads_; }

    /* The path as it is on disk when only letters' case differs, or "". */
    std::string actual_name(llvm::StringRef path);
    /* Where a look-up finds the name, or "". */
    std::string looked_up(llvm::StringRef name);

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
    llvm::StringMap<Overlay> texts_;    /* by path */
    llvm::StringRef declared_;
    std::string reads_;
    llvm::StringSet<> told_; /* paths in reads_, behind 'M', 'E' or 'R' */
    /* Directory -> its entries' names by their lower-case form. */
    llvm::StringMap<llvm::StringMap<std::string>> listings_;

    std::function<std::string(const std::string &)> find_;
    std::vector<std::string> kits_;
    llvm::StringMap<std::string> looked_up_; /* name below lookup_root -> path on disk, or "" */

    void tell(char kind, llvm::StringRef path, llvm::StringRef detail);
    std::unique_ptr<llvm::vfs::File> watched(std::unique_ptr<llvm::vfs::File> file, llvm::StringRef path);
    llvm::ErrorOr<llvm::vfs::Status> disk_status(const llvm::Twine &path, llvm::StringRef name);
    const Overlay *overlay_of(llvm::StringRef path);
    bool is_parent_of_overlay(llvm::StringRef path) const;
    const llvm::StringMap<std::string> &listing(llvm::StringRef directory);
};

} // namespace nc
#endif
