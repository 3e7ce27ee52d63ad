/*
 * The preambles of a run: what the files begin with is counted first; what several begin with is parsed once.
 */
#ifndef NC_FRONTEND_PREAMBLES_H
#define NC_FRONTEND_PREAMBLES_H

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "frontend/frontend.h"
#include "frontend/leading_includes.h"
#include "frontend/preamble.h"

/* The C interface's handle. */
struct nc_preambles {
  public:
    /* A file's leading includes, and what it must have in common with others beside them to share. */
    struct Beginning {
        std::vector<std::string> lines;
        std::vector<uint64_t> hashes; /* of the context; and of it with the first line, with the first two ... */
    };
    Beginning beginning(const char *file, const nc_frontend_options &options, nc::HeaderFiles &files);

    void count(const Beginning &beginning);
    /* The longest preamble for a file that is worth sharing, or null: made by `make`, once. Any number of threads. */
    std::shared_ptr<const nc::Preamble> find(const Beginning &beginning,
                                             const std::function<void(nc::Preamble &)> &make);

  private:
    struct Node {
        std::once_flag once;
        std::shared_ptr<const nc::Preamble> preamble; /* null: could not be made */
    };
    nc::DirectiveCache directives_;
    std::mutex lock_;
    std::unordered_map<uint64_t, unsigned> counts_;
    std::unordered_map<uint64_t, std::unique_ptr<Node>> nodes_;

    unsigned count_of(uint64_t hash);
    size_t shorter(const Beginning &beginning, size_t length, unsigned count);
    std::shared_ptr<const nc::Preamble> get(const Beginning &beginning, size_t length,
                                            const std::function<void(nc::Preamble &)> &make);
};

#endif
