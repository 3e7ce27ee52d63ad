#include "frontend/leading_includes.h"

#include "clang/Basic/LangOptions.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

#include "frontend/compat.h"
#include "frontend/locations.h"

using namespace clang;
using llvm::StringRef;

namespace nc
{

namespace
{

const unsigned deepest = 32;
const size_t most_lines = 400;

/* Pragmas that change nothing for the headers that follow. */
bool is_neutral_pragma(StringRef rest)
{
    rest = rest.ltrim(" \t");
    for (StringRef known : { "once", "warning", "comment", "hdrstop", "region", "endregion", "message", "prefast",
                             "alloc_text", "clang diagnostic", "GCC diagnostic", "deprecated", "intrinsic" })
        if (starts_with(rest, known))
            return true;
    return false;
}

class DirectiveReader
{
  public:
    DirectiveReader(StringRef text, bool main_file)
        : text_(text), main_file_(main_file), lexer_(start_, options(), text.begin(), text.begin(), text.end())
    {
        next();
    }

    FileDirectives read()
    {
        FileDirectives result;
        bool first = true;
        while (result.whole && token_.isNot(tok::eof)) {
            if (token_.isNot(tok::hash) || !token_.isAtStartOfLine()) {
                if (main_file_)
                    result.whole = false;
                next();
                first = false;
                continue;
            }
            directive(result, first);
            first = false;
        }
        return result;
    }

  private:
    SourceLocation start_ = SourceLocation::getFromRawEncoding(2);
    StringRef text_;
    bool main_file_;
    Lexer lexer_;
    Token token_;
    std::string guard_; /* the macro that a header is guarded by */
    bool guarded_ = false;
    unsigned packs_ = 0;

    static const LangOptions &options()
    {
        static const LangOptions lang = [] {
            LangOptions o;
            o.LineComment = true;
            return o;
        }();
        return lang;
    }
    void next() { lexer_.LexFromRawLexer(token_); }
    unsigned offset() const { return token_.getLocation().getRawEncoding() - 2; }
    bool in_line() const { return token_.isNot(tok::eof) && !token_.isAtStartOfLine(); }
    StringRef word() const { return token_.is(tok::raw_identifier) && in_line() ? token_.getRawIdentifier() : ""; }
    /* To the next line; returns where this one ends, comments left out. */
    unsigned skip_line()
    {
        unsigned end = offset();
        for (; in_line(); next())
            end = offset() + token_.getLength();
        return end;
    }

    void directive(FileDirectives &result, bool first)
    {
        unsigned begin = offset();
        next();
        StringRef name = word();
        unsigned name_end = offset() + token_.getLength();
        if (!guard_.empty() && name != "define" && name != "pragma") {
            result.whole = false; /* what seemed to be a guard is none */
        } else if (name == "include") {
            include(result);
        } else if (name == "define") {
            next();
            bool is_guard = !guard_.empty();
            result.whole = !is_guard || word() == guard_;
            guard_.clear();
            unsigned end = skip_line();
            if (!is_guard)
                result.items.push_back({ FileDirectives::Item::Define, text_.slice(begin, end).str() });
        } else if (name == "pragma") {
            StringRef rest = text_.drop_front(name_end).take_until([](char c) { return c == '\n'; });
            result.whole = pragma(rest);
            skip_line();
        } else if (name == "ifndef" && first && !main_file_) {
            next();
            guard_ = word().str();
            guarded_ = true;
            skip_line();
        } else if (name == "if" && first && !main_file_ && not_defined()) {
            guarded_ = true;
        } else if (name == "endif" && guarded_) {
            guarded_ = false;
            skip_line();
            result.whole = token_.is(tok::eof);
        } else if (name == "if" || name == "ifdef" || name == "ifndef") {
            skip_line();
            result.whole = skip_condition();
        } else if (name != "error" && !name.empty()) {
            result.whole = false;
        } else {
            skip_line();
        }
    }

    /* #if !defined(NAME), and nothing else. */
    bool not_defined()
    {
        next();
        if (token_.isNot(tok::exclaim))
            return false;
        next();
        if (word() != "defined")
            return false;
        next();
        bool bracket = token_.is(tok::l_paren);
        if (bracket)
            next();
        guard_ = word().str();
        next();
        if (bracket && in_line())
            next();
        return !guard_.empty() && !in_line();
    }

    void include(FileDirectives &result)
    {
        unsigned at = offset() + token_.getLength();
        StringRef rest = text_.drop_front(at).take_until([](char c) { return c == '\n'; }).ltrim(" \t");
        char close = starts_with(rest, "<") ? '>' : '"';
        size_t end = rest.find(close, 1);
        if ((!starts_with(rest, "<") && !starts_with(rest, "\"")) || end == StringRef::npos || packs_ > 0) {
            result.whole = false;
            return;
        }
        std::string name = rest.slice(1, end).str();
        std::replace(name.begin(), name.end(), '\\', '/');
        next();
        skip_line();
        result.items.push_back({ close == '>' ? FileDirectives::Item::Angled : FileDirectives::Item::Quoted, name });
    }

    bool pragma(StringRef rest)
    {
        rest = rest.ltrim(" \t");
        if (is_neutral_pragma(rest))
            return true;
        if (!rest.consume_front("pack"))
            return false;
        if (rest.contains("push"))
            ++packs_;
        else if (rest.contains("pop") && packs_ > 0)
            --packs_;
        else
            return false;
        return true;
    }

    /* Behind #if: to its end, if nothing in it can change what the headers are. */
    bool skip_condition()
    {
        for (unsigned depth = 1; token_.isNot(tok::eof);) {
            if (token_.isNot(tok::hash) || !token_.isAtStartOfLine()) {
                next();
                continue;
            }
            next();
            StringRef name = word();
            if (name == "include" || name == "define" || name == "undef" || name == "pragma")
                return false;
            if (starts_with(name, "if"))
                ++depth;
            if (name == "endif" && --depth == 0) {
                skip_line();
                return true;
            }
            skip_line();
        }
        return false;
    }
};

/* Where headers are looked for, in this order, as the command line says. */
struct SearchPath {
    std::vector<std::string> quoted, user, system;
    bool known = true; /* false: there is a flag whose meaning for the search is not known here */

    explicit SearchPath(const nc_frontend_options &options)
    {
        for (size_t i = 0; i < options.flag_count; ++i) {
            StringRef flag = options.flags[i];
            auto folder = [&](StringRef name, std::vector<std::string> &list) {
                if (!flag.consume_front(name))
                    return false;
                if (flag.empty() && i + 1 < options.flag_count)
                    flag = options.flags[++i];
                list.push_back(flag.str());
                return true;
            };
            if (folder("-isystem", system) || folder("-iquote", quoted) || folder("-I", user))
                continue;
            known = known && !starts_with(flag, "-i") && !starts_with(flag, "-F") && !starts_with(flag, "--include") &&
                    !starts_with(flag, "@") && !starts_with(flag, "--sysroot") && flag != "-Xclang" &&
                    flag != "-nostdinc";
        }
        if (!options.own_headers)
            known = known && !system.empty();
    }
};

class Collector
{
  public:
    Collector(const nc_frontend_options &options, HeaderFiles &files, DirectiveCache &cache)
        : options_(options), files_(files), cache_(cache), path_(options)
    {
    }

    std::vector<std::string> collect(const char *file)
    {
        if (!path_.known)
            return {};
        auto text = files_.getBufferForFile(file);
        if (!text)
            return {};
        folders_.push_back(llvm::sys::path::parent_path(file).str());
        walk(read_directives((*text)->getBuffer(), true));
        lines_.resize(last_include_);
        return std::move(lines_);
    }

  private:
    const nc_frontend_options &options_;
    HeaderFiles &files_;
    DirectiveCache &cache_;
    SearchPath path_;
    std::vector<std::string> folders_; /* of the files that include each other */
    std::vector<std::string> lines_;
    size_t last_include_ = 0;
    llvm::StringSet<> seen_;

    /* False: the rest cannot be told. */
    bool walk(const FileDirectives &directives)
    {
        for (const FileDirectives::Item &item : directives.items) {
            if (lines_.size() >= most_lines)
                return false;
            if (item.kind == FileDirectives::Item::Define)
                lines_.push_back(item.text);
            else if (!include(item.text, item.kind == FileDirectives::Item::Quoted))
                return false;
        }
        return directives.whole;
    }

    std::string in_folder(StringRef folder, StringRef name)
    {
        llvm::SmallString<256> path(folder);
        llvm::sys::path::append(path, name);
        llvm::ErrorOr<llvm::vfs::Status> status = files_.status(path);
        return status && status->isRegularFile() ? std::string(path) : "";
    }

    bool include(const std::string &name, bool quoted)
    {
        std::string found;
        bool system = llvm::sys::path::is_absolute(name);
        if (system)
            return false;
        if (quoted) {
            for (auto folder = folders_.rbegin(); found.empty() && folder != folders_.rend(); ++folder)
                found = in_folder(*folder, name);
            for (const std::string &folder : path_.quoted)
                found = found.empty() ? in_folder(folder, name) : found;
        }
        for (const std::string &folder : path_.user)
            found = found.empty() ? in_folder(folder, name) : found;
        if (found.empty()) {
            for (const std::string &folder : path_.system)
                system = system || !in_folder(folder, name).empty();
            if (!system && options_.find_include)
                found = files_.looked_up(name);
            if (!system && found.empty() && options_.own_headers)
                system = !in_folder(embedded_root, name).empty();
        }
        if (system) {
            lines_.push_back("#include <" + name + ">");
            last_include_ = lines_.size();
            return true;
        }
        if (found.empty())
            return true; /* a header that is not there is read as empty */
        if (!seen_.insert(found).second)
            return true;
        std::shared_ptr<const FileDirectives> inner = cache_.get(files_, found);
        if (!inner || folders_.size() >= deepest)
            return false;
        folders_.push_back(llvm::sys::path::parent_path(found).str());
        bool whole = walk(*inner);
        folders_.pop_back();
        return whole;
    }
};

} // namespace

FileDirectives read_directives(StringRef text, bool main_file) { return DirectiveReader(text, main_file).read(); }

std::shared_ptr<const FileDirectives> DirectiveCache::get(HeaderFiles &files, const std::string &path)
{
    llvm::SmallString<256> absolute(path);
    if (files.makeAbsolute(absolute))
        return nullptr;
    {
        std::lock_guard<std::mutex> guard(lock_);
        auto known = files_.find(absolute);
        if (known != files_.end())
            return known->second;
    }
    auto text = files.getBufferForFile(path);
    std::shared_ptr<const FileDirectives> made;
    if (text)
        made = std::make_shared<FileDirectives>(read_directives((*text)->getBuffer(), false));
    std::lock_guard<std::mutex> guard(lock_);
    files_[absolute] = made;
    return made;
}

std::vector<std::string> leading_includes(const char *file, const nc_frontend_options &options, HeaderFiles &files,
                                          DirectiveCache &cache)
{
    return Collector(options, files, cache).collect(file);
}

} // namespace nc
