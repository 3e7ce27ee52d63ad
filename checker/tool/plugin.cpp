/* The Clang plugin's entry: the translation unit that Clang has just compiled, lowered and handed to plugin_run.c. */
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendPluginRegistry.h"
#include "clang/Sema/SemaConsumer.h"

#include "frontend/facts.h"
#include "frontend/lower.h"
#include "frontend/places.h"
#include "frontend/unknowns.h"
#include "model/builder.h"
#include "tool/plugin_run.h"

using namespace clang;

namespace
{

void report_finding(void *user, const nc_finding *finding)
{
    CompilerInstance &ci = *(CompilerInstance *)user;
    DiagnosticsEngine &diagnostics = ci.getDiagnostics();
    const SourceManager &sm = ci.getSourceManager();
    DiagnosticsEngine::Level level =
        finding->severity == NC_SEV_ERROR ? DiagnosticsEngine::Error : DiagnosticsEngine::Warning;
    {
        DiagnosticBuilder builder =
            diagnostics.Report(nc::location(sm, finding->place), diagnostics.getCustomDiagID(level, "%0 [%1]"));
        builder << finding->message << finding->rule;
        for (const FixItHint &hint : nc::fix_its(sm, *finding))
            builder << hint;
    }
    unsigned note = diagnostics.getCustomDiagID(DiagnosticsEngine::Note, "%0");
    for (size_t i = 0; i < finding->step_count; ++i)
        diagnostics.Report(nc::location(sm, finding->steps[i].place), note) << finding->steps[i].text;
}

void report_problem(void *user, const char *text)
{
    DiagnosticsEngine &diagnostics = ((CompilerInstance *)user)->getDiagnostics();
    diagnostics.Report(diagnostics.getCustomDiagID(DiagnosticsEngine::Error, "%0")) << text;
}

class Consumer : public SemaConsumer
{
  public:
    Consumer(CompilerInstance &ci, std::vector<std::string> args) : ci_(ci), args_(std::move(args))
    {
        nc::watch_preprocessor(ci.getPreprocessor(), facts_, false);
    }

    void InitializeSema(Sema &sema) override { sema_ = &sema; }

    void HandleTranslationUnit(ASTContext &ast) override
    {
        /* Of code that does not compile, the compiler has said enough. */
        if (ci_.getDiagnostics().hasUncompilableErrorOccurred())
            return;
        nc_builder *b = nc_builder_new();
        nc::lower_translation_unit(ast, sema_, facts_, b);
        nc_module *m = nc_builder_finish(b);
        std::vector<const char *> argv;
        for (const std::string &a : args_)
            argv.push_back(a.c_str());
        const nc_plugin_host host = { report_finding, report_problem, &ci_ };
        nc_plugin_run(m, argv.data(), argv.size(), &host);
        nc_module_free(m);
    }

  private:
    CompilerInstance &ci_;
    std::vector<std::string> args_;
    nc::Unknowns unknowns_{ false }; /* the compiler's own parse: nothing is made up */
    nc::SourceFacts facts_{ unknowns_ };
    Sema *sema_ = nullptr;
};

class Action : public PluginASTAction
{
  public:
    std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &ci, StringRef) override
    {
        return std::make_unique<Consumer>(ci, args_);
    }
    bool ParseArgs(const CompilerInstance &, const std::vector<std::string> &args) override
    {
        args_ = args;
        return true;
    }
    ActionType getActionType() override { return AddAfterMainAction; }

  private:
    std::vector<std::string> args_;
};

FrontendPluginRegistry::Add<Action> registration("nmrcheck",
                                                 "finds misuse of the Network Module Registrar and of IRQLs");

} // namespace
