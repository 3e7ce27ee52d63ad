#include "frontend/preambles.h"

#include <xxhash.h>

#include "llvm/Support/Path.h"

#include "frontend/compat.h"

using namespace nc;

namespace
{

/* Making a preamble costs about as much as parsing its text twice. */
const unsigned worthwhile = 3;

uint64_t mix(uint64_t hash, llvm::StringRef text)
{
    std::string bytes((const char *)&hash, sizeof hash);
    bytes += text;
    return ::XXH3_64bits(bytes.data(), bytes.size());
}

bool is_include(const std::string &line) { return starts_with(line, "#include"); }

} // namespace

nc_preambles::Beginning nc_preambles::beginning(const char *file, const nc_frontend_options &options,
                                                HeaderFiles &files)
{
    Beginning result;
    uint64_t hash = mix(options.own_headers, llvm::sys::path::extension(file).lower());
    hash = mix(hash, options.directory ? options.directory : "");
    for (size_t i = 0; i < options.flag_count; ++i)
        hash = mix(hash, options.flags[i]);
    result.hashes.push_back(hash);
    result.lines = leading_includes(file, options, files, directives_);
    for (const std::string &line : result.lines)
        result.hashes.push_back(mix(result.hashes.back(), line));
    return result;
}

void nc_preambles::count(const Beginning &beginning)
{
    std::lock_guard<std::mutex> guard(lock_);
    for (size_t i = 1; i < beginning.hashes.size(); ++i)
        ++counts_[beginning.hashes[i]];
}

unsigned nc_preambles::count_of(uint64_t hash)
{
    std::lock_guard<std::mutex> guard(lock_);
    auto at = counts_.find(hash);
    return at == counts_.end() ? 0 : at->second;
}

/* The longest beginning of less than `length` lines that `count` files have; 0: none. */
size_t nc_preambles::shorter(const Beginning &beginning, size_t length, unsigned count)
{
    while (--length > 0)
        if (is_include(beginning.lines[length - 1]) && count_of(beginning.hashes[length]) >= count)
            return length;
    return 0;
}

std::shared_ptr<const Preamble> nc_preambles::get(const Beginning &beginning, size_t length,
                                                  const std::function<void(Preamble &)> &make)
{
    Node *node;
    {
        std::lock_guard<std::mutex> guard(lock_);
        std::unique_ptr<Node> &entry = nodes_[beginning.hashes[length]];
        if (!entry)
            entry = std::make_unique<Node>();
        node = entry.get();
    }
    /* Whoever comes while it is made waits for it: that is no later than parsing the headers again would be. */
    std::call_once(node->once, [&] {
        /* It goes on from a shorter one where enough files use that one alone. */
        unsigned here = count_of(beginning.hashes[length]);
        size_t begin = shorter(beginning, length, here + worthwhile);
        auto preamble = std::make_shared<Preamble>();
        if (begin > 0)
            preamble->base = get(beginning, begin, make);
        if (preamble->base)
            preamble->level = preamble->base->level + 1;
        else
            begin = 0;
        for (size_t i = begin; i < length; ++i)
            preamble->text += beginning.lines[i] + "\n";
        make(*preamble);
        if (!preamble->image.empty())
            node->preamble = preamble;
    });
    return node->preamble;
}

std::shared_ptr<const Preamble> nc_preambles::find(const Beginning &beginning,
                                                   const std::function<void(Preamble &)> &make)
{
    for (size_t length = beginning.lines.size() + 1; (length = shorter(beginning, length, worthwhile)) > 0;)
        if (auto preamble = get(beginning, length, make))
            return preamble;
    return nullptr;
}

struct nc_preambles *nc_preambles_new(void) { return new nc_preambles; }

void nc_preambles_free(struct nc_preambles *preambles) { delete preambles; }

void nc_preambles_plan(struct nc_preambles *preambles, const char *file, const struct nc_frontend_options *options)
{
    if (!can_make_preambles)
        return;
    std::string error;
    if (auto files = HeaderFiles::open(file, *options, &error))
        preambles->count(preambles->beginning(file, *options, *files));
}
