/* Whether what a module was made of is still as it was: HeaderFiles::reads, asked again. */
#include <mutex>

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include "frontend/frontend.h"
#include "frontend/header_files.h"

using namespace llvm;

struct nc_freshness {
  public:
    bool is_fresh(const char *file, const nc_frontend_options &options, StringRef reads);

  private:
    std::mutex lock_;
    IntrusiveRefCntPtr<nc::HeaderFiles> files_{ new nc::HeaderFiles(vfs::createPhysicalFileSystem()) };
    StringMap<std::string> answers_; /* by path: "M", or "E" and what HeaderFiles tells */
    StringMap<std::string> hashes_;  /* by path; "": cannot be read */

    StringRef answer(StringRef path);
    StringRef hash(StringRef path);
};

/* What HeaderFiles would tell of the path now. */
StringRef nc_freshness::answer(StringRef path)
{
    auto [it, fresh] = answers_.try_emplace(path);
    if (fresh) {
        sys::fs::file_status status;
        std::string actual;
        if (sys::fs::status(path, status)) {
            SmallString<256> plain(path);
            sys::path::remove_dots(plain, true);
            actual = files_->actual_name(plain);
            it->second = actual.empty() || sys::fs::status(actual, status) ? "M" : "E" + actual;
        } else {
            it->second = "E";
        }
        if (it->second != "M" && sys::fs::is_directory(status))
            it->second = "D";
    }
    return it->second;
}

StringRef nc_freshness::hash(StringRef path)
{
    auto [it, fresh] = hashes_.try_emplace(path);
    if (fresh) {
        StringRef known = answer(path);
        if (known.consume_front("E"))
            if (auto buffer = MemoryBuffer::getFile(known.empty() ? path : known, false, false))
                it->second = nc::content_hash((*buffer)->getBuffer());
    }
    return it->second;
}

bool nc_freshness::is_fresh(const char *file, const nc_frontend_options &options, StringRef reads)
{
    std::lock_guard<std::mutex> guard(lock_);
    IntrusiveRefCntPtr<nc::HeaderFiles> own; /* look-ups depend on those before */
    std::string error;
    while (!reads.empty()) {
        auto [line, rest] = reads.split('\n');
        auto [path, detail] = line.drop_front(line.empty() ? 0 : 1).split('\t');
        reads = rest;
        switch (line.empty() ? 0 : line.front()) {
        case 'M':
            if (answer(path) != "M")
                return false;
            break;
        case 'E':
            if (answer(path) != ("E" + detail).str())
                return false;
            break;
        case 'R':
            if (hash(path) != detail)
                return false;
            break;
        case 'L':
            if (!own)
                own = nc::HeaderFiles::open(file, options, &error);
            if (!own || own->looked_up(path) != detail)
                return false;
            break;
        default:
            return false;
        }
    }
    return true;
}

struct nc_freshness *nc_freshness_new(void) { return new nc_freshness; }

void nc_freshness_free(struct nc_freshness *freshness) { delete freshness; }

bool nc_frontend_is_fresh(struct nc_freshness *freshness, const char *file, const struct nc_frontend_options *options,
                          const char *reads)
{
    return freshness->is_fresh(file, *options, reads);
}
