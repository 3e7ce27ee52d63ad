#include "frontend/preamble.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/Preprocessor.h"
#include "clang/Serialization/ASTWriter.h"
#include "clang/Serialization/PCHContainerOperations.h"

using namespace clang;

namespace nc
{

std::string Preamble::image_name() const { return "/<nmrcheck>/preamble-" + std::to_string(level) + ".pch"; }

std::string Preamble::text_name() const { return "/<nmrcheck>/preamble-" + std::to_string(level) + ".h"; }

void show_preamble(HeaderFiles &files, const Preamble *preamble)
{
    for (const Preamble *p = preamble; p; p = p->base.get()) {
        files.add_text(p->image_name(), p->image);
        files.add_text(p->text_name(), p->text);
    }
}

std::unique_ptr<ASTConsumer> PreambleAction::CreateASTConsumer(CompilerInstance &ci, llvm::StringRef)
{
#if CLANG_VERSION_MAJOR == 19
    watch_preprocessor(ci.getPreprocessor(), facts_, true);
    buffer_ = std::make_shared<PCHBuffer>();
    return std::make_unique<PCHGenerator>(ci.getPreprocessor(), ci.getModuleCache(), preamble_.image_name(), "",
                                          buffer_, ArrayRef<std::shared_ptr<ModuleFileExtension>>(), false, false);
#else
    (void)ci;
    return std::make_unique<ASTConsumer>();
#endif
}

void PreambleAction::EndSourceFileAction()
{
    if (buffer_ && buffer_->IsComplete && facts_.errors.empty() && facts_.missing_headers.empty() &&
        facts_.found_headers.empty() && facts_.alloc_text.empty() && facts_.bss_sections.empty())
        preamble_.image.assign(buffer_->Data.begin(), buffer_->Data.end());
}

} // namespace nc
