#include "frontend/header_files.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <xxhash.h>

#include "llvm/Support/Errc.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include "frontend/compat.h"
#include "frontend/embedded_headers.h"
#include "frontend/frontend.h"
#include "frontend/locations.h"

using namespace llvm;

namespace nc
{

namespace
{

/* Unique ids that no device has. */
const uint64_t embedded_device = UINT64_MAX - 7;
const uint64_t overlay_device = UINT64_MAX - 8;
const uint64_t own_device = UINT64_MAX - 9;

class TextFile : public vfs::File
{
  public:
    TextFile(vfs::Status status, StringRef text) : status_(std::move(status)), text_(text) {}
    ErrorOr<vfs::Status> status() override { return status_; }
    ErrorOr<std::unique_ptr<MemoryBuffer>> getBuffer(const Twine &name, int64_t, bool, bool) override
    {
        /* The texts are NUL-terminated, as Clang's lexer wants them. */
        return MemoryBuffer::getMemBuffer(text_, name.str(), true);
    }
    std::error_code close() override { return {}; }

  private:
    vfs::Status status_;
    StringRef text_;
};

/* A file of the disk under a status of ours. */
class MovedFile : public vfs::File
{
  public:
    MovedFile(std::unique_ptr<vfs::File> file, vfs::Status status) : file_(std::move(file)), status_(std::move(status))
    {
    }
    ErrorOr<vfs::Status> status() override { return status_; }
    ErrorOr<std::unique_ptr<MemoryBuffer>> getBuffer(const Twine &name, int64_t size, bool terminated,
                                                     bool is_volatile) override
    {
        return file_->getBuffer(name, size, terminated, is_volatile);
    }
    std::error_code close() override { return file_->close(); }

  private:
    std::unique_ptr<vfs::File> file_;
    vfs::Status status_;
};

/* A file that tells what was read from it. */
class WatchedFile : public vfs::File
{
  public:
    WatchedFile(std::unique_ptr<vfs::File> file, std::function<void(StringRef)> tell)
        : file_(std::move(file)), tell_(std::move(tell))
    {
    }
    ErrorOr<vfs::Status> status() override { return file_->status(); }
    ErrorOr<std::string> getName() override { return file_->getName(); }
    ErrorOr<std::unique_ptr<MemoryBuffer>> getBuffer(const Twine &name, int64_t size, bool terminated,
                                                     bool is_volatile) override
    {
        auto buffer = file_->getBuffer(name, size, terminated, is_volatile);
        if (buffer)
            tell_(content_hash((*buffer)->getBuffer()));
        return buffer;
    }
    std::error_code close() override { return file_->close(); }

  private:
    std::unique_ptr<vfs::File> file_;
    std::function<void(StringRef)> tell_;
};

vfs::Status plain_status(const Twine &name, sys::fs::UniqueID id, uint64_t size, sys::fs::file_type type)
{
    return vfs::Status(name, id, sys::TimePoint<>(), 0, 0, size, type, sys::fs::all_read);
}

/* Clang is to show the file's real name, not the one that was asked for. */
vfs::Status under_another_name(const vfs::Status &status, StringRef name)
{
    vfs::Status renamed = vfs::Status::copyWithNewName(status, name);
#if CLANG_VERSION_MAJOR < 15
    renamed.IsVFSMapped = true;
#else
    renamed.ExposesExternalVFSPath = true;
#endif
    return renamed;
}

std::string text_of(const Twine &path)
{
    SmallString<256> text;
    path.toVector(text);
    sys::path::remove_dots(text, true);
    return std::string(text);
}

/* An embedded header, or a folder that holds some. */
bool embedded(StringRef path, const nc_embedded_header **header, bool *folder)
{
    std::string name = path.lower();
    const nc_embedded_header *end = nc_embedded_headers + nc_embedded_header_count;
    const nc_embedded_header *at =
        std::lower_bound(nc_embedded_headers, end, name,
                         [](const nc_embedded_header &h, const std::string &n) { return n.compare(h.name) > 0; });
    *header = nullptr;
    *folder = false;
    if (at != end && name == at->name) {
        *header = at;
        return true;
    }
    name += '/';
    at = std::lower_bound(nc_embedded_headers, end, name,
                          [](const nc_embedded_header &h, const std::string &n) { return n.compare(h.name) > 0; });
    *folder = at != end && starts_with(StringRef(at->name), name);
    return *folder;
}

ErrorOr<vfs::Status> embedded_status(StringRef path)
{
    const StringRef root = embedded_root.drop_back(); /* without the slash */
    if (path == root || starts_with(root, (path + "/").str()))
        return plain_status(path, sys::fs::UniqueID(embedded_device, 0), 0, sys::fs::file_type::directory_file);
    const nc_embedded_header *header;
    bool folder;
    if (!path.consume_front(embedded_root) || !embedded(path, &header, &folder))
        return make_error_code(errc::no_such_file_or_directory);
    std::string name = embedded_root.str() + path.lower();
    if (folder)
        return plain_status(name, sys::fs::UniqueID(embedded_device, 1 + (uint64_t)hash_value(path.lower()) * 2), 0,
                            sys::fs::file_type::directory_file);
    return plain_status(name, sys::fs::UniqueID(embedded_device, 2 + 2 * (uint64_t)(header - nc_embedded_headers)),
                        header->size, sys::fs::file_type::regular_file);
}

bool is_embedded_path(StringRef path) { return starts_with(path, embedded_root.substr(0, embedded_root.find('/', 1))); }

} // namespace

std::string content_hash(StringRef text)
{
    ::XXH128_hash_t hash = ::XXH3_128bits(text.data(), text.size());
    char digits[33];
    snprintf(digits, sizeof digits, "%016llx%016llx", (unsigned long long)hash.high64, (unsigned long long)hash.low64);
    return digits;
}

IntrusiveRefCntPtr<HeaderFiles> HeaderFiles::open(const char *file, const nc_frontend_options &options,
                                                  std::string *error)
{
    IntrusiveRefCntPtr<vfs::FileSystem> disk(vfs::createPhysicalFileSystem().release());
    if (options.directory)
        if (std::error_code ec = disk->setCurrentWorkingDirectory(options.directory)) {
            *error = std::string(options.directory) + ": " + ec.message();
            return nullptr;
        }
    IntrusiveRefCntPtr<HeaderFiles> files(new HeaderFiles(disk));
    if (options.overlay_text)
        files->overlay(file, options.overlay_text);
    for (size_t i = 0; i < options.overlay_count; ++i)
        files->overlay(options.overlays[i].path, options.overlays[i].text);
    if (options.find_include)
        files->look_up([&options, file](const std::string &name) {
            char *found = options.find_include(options.find_user, file, name.c_str());
            std::string path = found ? found : "";
            free(found);
            return path;
        });
    for (size_t i = 0; i + 1 < options.flag_count; ++i)
        if (!strcmp(options.flags[i], "-isystem") || !strcmp(options.flags[i], "-idirafter"))
            files->never_look_up_what_is_in(options.flags[i + 1]);
    return files;
}

void HeaderFiles::tell(char kind, StringRef path, StringRef detail)
{
    SmallString<256> absolute(path);
    if (kind != 'L' && getUnderlyingFS().makeAbsolute(absolute))
        return;
    SmallString<256> actual(detail);
    if (kind == 'E' && !detail.empty()) {
        if (getUnderlyingFS().makeAbsolute(actual))
            return;
        sys::path::remove_dots(actual, true);
        detail = actual;
    }
    std::string key = (Twine(kind) + absolute).str();
    if (kind != 'L' && !told_.insert(key).second)
        return;
    /* A path that would break the form makes it one that is never fresh. */
    bool plain =
        StringRef(key).find_first_of("\n\t") == StringRef::npos && detail.find_first_of("\n\t") == StringRef::npos;
    reads_ += plain ? key + "\t" + detail.str() + "\n" : std::string("?\n");
}

std::unique_ptr<vfs::File> HeaderFiles::watched(std::unique_ptr<vfs::File> file, StringRef path)
{
    return std::make_unique<WatchedFile>(std::move(file),
                                         [this, name = path.str()](StringRef hash) { tell('R', name, hash); });
}

void HeaderFiles::add_text(StringRef path, StringRef text)
{
    auto [it, fresh] = texts_.try_emplace(path);
    if (fresh)
        it->second.number = 3 + texts_.size();
    it->second.text = text;
}

void HeaderFiles::overlay(StringRef path, StringRef text)
{
    auto [it, fresh] = overlays_.try_emplace(text_of(path));
    if (fresh)
        it->second.number = 16 + overlays_.size();
    it->second.text = text;
}

void HeaderFiles::blank(StringRef path, size_t offset, size_t length)
{
    ErrorOr<std::unique_ptr<vfs::File>> file = openFileForRead(path);
    ErrorOr<std::unique_ptr<MemoryBuffer>> buffer = file ? (*file)->getBuffer(path) : file.getError();
    if (!buffer || offset + length > (*buffer)->getBufferSize())
        return;
    changed_.push_back((*buffer)->getBuffer().str());
    for (size_t i = offset; i < offset + length; ++i)
        if (changed_.back()[i] != '\n')
            changed_.back()[i] = ' ';
    overlay(path, changed_.back());
}

const HeaderFiles::Overlay *HeaderFiles::overlay_of(StringRef path)
{
    if (overlays_.empty())
        return nullptr;
    auto found = overlays_.find(path);
    if (found == overlays_.end() && !sys::path::is_absolute(path)) {
        SmallString<256> absolute(path);
        if (getUnderlyingFS().makeAbsolute(absolute))
            return nullptr;
        sys::path::remove_dots(absolute, true);
        found = overlays_.find(absolute);
    }
    return found == overlays_.end() ? nullptr : &found->second;
}

bool HeaderFiles::is_parent_of_overlay(StringRef path) const
{
    for (const auto &overlay : overlays_)
        if (sys::path::parent_path(overlay.getKey()) == path)
            return true;
    return false;
}

const StringMap<std::string> &HeaderFiles::listing(StringRef directory)
{
    auto [it, fresh] = listings_.try_emplace(directory);
    if (fresh) {
        std::error_code ec;
        for (vfs::directory_iterator entry = getUnderlyingFS().dir_begin(directory.empty() ? "." : directory, ec), end;
             !ec && entry != end; entry.increment(ec)) {
            StringRef name = sys::path::filename(entry->path());
            it->second[name.lower()] = name.str();
        }
    }
    return it->second;
}

/* The path as it is on disk when only letters' case differs, or "". */
std::string HeaderFiles::actual_name(StringRef path)
{
    StringRef parent = sys::path::parent_path(path), name = sys::path::filename(path);
    if (name.empty() || name == "." || name == ".." || name == "/")
        return "";
    std::string directory = parent.str();
    if (!parent.empty() && !getUnderlyingFS().exists(parent)) {
        directory = actual_name(parent);
        if (directory.empty())
            return "";
    }
    const StringMap<std::string> &entries = listing(directory);
    auto found = entries.find(name.lower());
    if (found == entries.end())
        return "";
    SmallString<256> result(directory);
    sys::path::append(result, found->second);
    return std::string(result);
}

/* `name` is what stands below lookup_root. What a header found this way includes is first looked for beside it. */
std::string HeaderFiles::looked_up(StringRef name)
{
    auto [it, fresh] = looked_up_.try_emplace(name);
    if (!fresh || !find_ || name.empty())
        return it->second;
    const nc_embedded_header *header;
    bool folder;
    std::string plain = text_of(name), result;
    if (embedded(plain, &header, &folder))
        return "";
    for (const std::string &kit : kits_)
        if (exists(kit + "/" + plain))
            return "";
    for (const auto &known : looked_up_) {
        StringRef parent = sys::path::parent_path(known.getKey()), rest = name;
        if (known.second.empty() || !(parent.empty() || (rest.consume_front(parent) && rest.consume_front("/"))))
            continue;
        SmallString<256> beside(sys::path::parent_path(known.second));
        sys::path::append(beside, rest);
        sys::path::remove_dots(beside, true);
        result = getUnderlyingFS().exists(beside) ? std::string(beside) : actual_name(beside);
        if (!result.empty())
            break;
    }
    if (result.empty())
        result = find_(name.str());
    looked_up_[name] = result;
    tell('L', name, result);
    return result;
}

ErrorOr<vfs::Status> HeaderFiles::status(const Twine &path)
{
    SmallString<256> raw;
    StringRef below = path.toStringRef(raw);
    if (below.consume_front(lookup_root)) {
        below.consume_front("/");
        std::string actual = looked_up(below);
        if (overlay_of(actual))
            return status(actual);
        ErrorOr<vfs::Status> found = actual.empty() ? vfs::Status() : getUnderlyingFS().status(actual);
        if (actual.empty() || !found || found->isDirectory())
            return plain_status(path, sys::fs::UniqueID(overlay_device, 3 + (uint64_t)hash_value(below)), 0,
                                sys::fs::file_type::directory_file);
        vfs::Status renamed = under_another_name(*found, actual);
        return renamed;
    }
    std::string name = text_of(path);
    if (name == unknown_names_path)
        return plain_status(name, sys::fs::UniqueID(overlay_device, 2), declared_.size(),
                            sys::fs::file_type::regular_file);
    if (auto own = texts_.find(name); own != texts_.end())
        return plain_status(name, sys::fs::UniqueID(own_device, own->second.number), own->second.text.size(),
                            sys::fs::file_type::regular_file);
    if (is_embedded_path(name))
        return embedded_status(name);
    if (const Overlay *overlay = overlay_of(name))
        return plain_status(path, sys::fs::UniqueID(overlay_device, overlay->number), overlay->text.size(),
                            sys::fs::file_type::regular_file);
    return disk_status(path, name);
}

/* `name` is `path` without dots. */
ErrorOr<vfs::Status> HeaderFiles::disk_status(const Twine &path, StringRef name)
{
    ErrorOr<vfs::Status> found = getUnderlyingFS().status(path);
    std::string asked = path.str();
    if (!found && is_parent_of_overlay(name))
        return plain_status(path, sys::fs::UniqueID(overlay_device, 0), 0, sys::fs::file_type::directory_file);
    if (found && found->isDirectory())
        return found;
    if (found || found.getError() != errc::no_such_file_or_directory) {
        tell(found ? 'E' : 'M', asked, "");
        return found;
    }
    std::string actual = actual_name(name);
    if (actual.empty()) {
        tell('M', asked, "");
        return found;
    }
    ErrorOr<vfs::Status> status = getUnderlyingFS().status(actual);
    if (!status)
        return status;
    tell('E', asked, actual);
    return under_another_name(*status, actual);
}

ErrorOr<std::unique_ptr<vfs::File>> HeaderFiles::openFileForRead(const Twine &path)
{
    SmallString<256> raw;
    StringRef below = path.toStringRef(raw);
    if (below.consume_front(lookup_root)) {
        below.consume_front("/");
        std::string actual = looked_up(below);
        if (actual.empty())
            return make_error_code(errc::no_such_file_or_directory);
        if (overlay_of(actual))
            return openFileForRead(actual);
        ErrorOr<vfs::Status> found = status(path);
        auto file = getUnderlyingFS().openFileForRead(actual);
        if (!file || !found)
            return file;
        return std::make_unique<MovedFile>(watched(std::move(*file), actual), *found);
    }
    std::string name = text_of(path);
    if (name == unknown_names_path)
        return std::make_unique<TextFile>(*status(path), declared_);
    if (auto own = texts_.find(name); own != texts_.end())
        return std::make_unique<TextFile>(*status(path), own->second.text);
    if (is_embedded_path(name)) {
        const nc_embedded_header *header = nullptr;
        bool folder;
        StringRef rest = name;
        if (!rest.consume_front(embedded_root) || !embedded(rest, &header, &folder) || !header)
            return make_error_code(errc::no_such_file_or_directory);
        ErrorOr<vfs::Status> status = embedded_status(name);
        return std::make_unique<TextFile>(*status, StringRef(header->data, header->size));
    }
    if (const Overlay *overlay = overlay_of(name))
        return std::make_unique<TextFile>(*status(path), overlay->text);
    std::string asked = path.str();
    auto file = getUnderlyingFS().openFileForRead(path);
    if (!file && file.getError() == errc::no_such_file_or_directory) {
        std::string actual = actual_name(name);
        if (!actual.empty())
            file = vfs::File::getWithPath(getUnderlyingFS().openFileForRead(actual), path);
        if (file)
            tell('E', asked, actual);
    }
    if (!file) {
        tell('M', asked, "");
        return file;
    }
    return watched(std::move(*file), asked);
}

bool HeaderFiles::exists(const Twine &path)
{
    ErrorOr<vfs::Status> s = status(path);
    return s && s->exists();
}

} // namespace nc
