/*
 * A preamble: the system headers that several files read first, parsed once and kept in memory as a precompiled header.
 * One preamble may go on from another one. Made by one thread, and then only read, by any number of threads.
 */
#ifndef NC_FRONTEND_PREAMBLE_H
#define NC_FRONTEND_PREAMBLE_H

#include <memory>
#include <string>

#include "clang/Basic/Version.h"
#include "clang/Frontend/FrontendAction.h"

#include "frontend/facts.h"
#include "frontend/header_files.h"

namespace nc
{

/* Of the versions that this builds with, one is known to make precompiled headers that do here. */
inline constexpr bool can_make_preambles = CLANG_VERSION_MAJOR == 19;

struct Preamble {
    std::shared_ptr<const Preamble> base; /* what it goes on from, or null */
    unsigned level = 0;                   /* number of bases */
    std::string text;                     /* includes and macros; its own, beyond those of `base` */
    std::string image;                    /* the precompiled header; empty: it could not be made */
    std::string reads;                    /* of the chain: HeaderFiles::reads */

    /* What the file system below knows them by. */
    std::string image_name() const;
    std::string text_name() const;
};

/* Makes the chain visible to a compiler. The preamble (or null) must outlive `files`. */
void show_preamble(HeaderFiles &files, const Preamble *preamble);

/* Parses the preamble's text and makes its image, if it is one that others can go on from: no errors, no missing
 * headers, no state left behind that a precompiled header does not keep. Both must outlive the action. */
class PreambleAction : public clang::ASTFrontendAction
{
  public:
    PreambleAction(Preamble &preamble, SourceFacts &facts) : preamble_(preamble), facts_(facts) {}
    std::unique_ptr<clang::ASTConsumer> CreateASTConsumer(clang::CompilerInstance &ci, llvm::StringRef) override;
    clang::TranslationUnitKind getTranslationUnitKind() override { return clang::TU_Prefix; }
    void EndSourceFileAction() override;

  private:
    Preamble &preamble_;
    SourceFacts &facts_;
    std::shared_ptr<clang::PCHBuffer> buffer_;
};

} // namespace nc
#endif
