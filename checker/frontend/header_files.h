/*
 * The file system that the compiler sees: the disk, with names found whatever their letters' case is (drivers are
 * written on Windows), the embedded header model under embedded_root, and one file's text from an editor.
 * One instance for each compiler instance; not shared between threads.
 */
#ifndef NC_FRONTEND_HEADER_FILES_H
#define NC_FRONTEND_HEADER_FILES_H

#include <map>
#include <string>

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace nc
{

/* Declarations of what the sources use and nothing declares. */
inline constexpr llvm::StringLiteral unknown_names_path = "/<nmrcheck>/unknown.h";

class HeaderFiles : public llvm::vfs::ProxyFileSystem
{
  public:
    explicit HeaderFiles(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> disk) : ProxyFileSystem(std::move(disk)) {}

    /* `text` stands for what is on disk under `path`; must outlive this. */
    void overlay(llvm::StringRef path, llvm::StringRef text);

    /* The text of unknown_names_path; must outlive this. */
    void declare(llvm::StringRef text) { declared_ = text; }

    llvm::ErrorOr<llvm::vfs::Status> status(const llvm::Twine &path) override;
    llvm::ErrorOr<std::unique_ptr<llvm::vfs::File>> openFileForRead(const llvm::Twine &path) override;
    bool exists(const llvm::Twine &path) override;

  private:
    std::string overlay_path_;
    llvm::StringRef overlay_text_;
    llvm::StringRef declared_;
    /* Directory -> its entries' names by their lower-case form. */
    llvm::StringMap<llvm::StringMap<std::string>> listings_;

    std::string actual_name(llvm::StringRef path);
    const llvm::StringMap<std::string> &listing(llvm::StringRef directory);
};

} // namespace nc
#endif
