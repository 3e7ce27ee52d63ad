/*
 * The clang-tidy module: every rule is a check of its own name (nmr-*, irql-*), to be used with
 *
 *     clang-tidy -load nmrcheck-tidy.so -checks=nmr-*,irql-* driver.c
 *
 * The translation unit is analysed once, whichever of the checks are on. It is judged as a part of a driver, or as a
 * whole one if its entry point is in it. CheckOptions: nmrcheck.Contracts (files, separated by semicolons),
 * nmrcheck.Entry.
 */
#include <memory>

#include "clang/Basic/Version.h"

#include "clang-tidy/ClangTidyCheck.h"
#include "clang-tidy/ClangTidyModule.h"
#if CLANG_VERSION_MAJOR < 22 /* else it is in the header above */
#include "clang-tidy/ClangTidyModuleRegistry.h"
#endif
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "clang/Lex/Preprocessor.h"

#include "frontend/facts.h"
#include "frontend/lower.h"
#include "frontend/places.h"
#include "frontend/unknowns.h"
#include "model/builder.h"
#include "report/rules.h"
#include "tool/plugin_run.h"

using namespace clang;

namespace
{

struct Note {
    SourceLocation loc;
    std::string text;
};

struct Finding {
    std::string rule, message;
    SourceLocation loc;
    std::vector<Note> notes;
    std::vector<FixItHint> fixes;
};

/* One translation unit, shared by the checks that look at it. */
struct Unit {
    nc::Unknowns unknowns{ false }; /* the compiler's own parse: nothing is made up */
    nc::SourceFacts facts{ unknowns };
    bool watched = false, analysed = false;
    std::vector<Finding> findings;
    std::vector<std::string> problems;
    const SourceManager *sm = nullptr;
};

void keep_finding(void *user, const nc_finding *f)
{
    Unit &unit = *(Unit *)user;
    Finding finding{ f->rule, f->message, nc::location(*unit.sm, f->place), {}, nc::fix_its(*unit.sm, *f) };
    for (size_t i = 0; i < f->step_count; ++i)
        finding.notes.push_back({ nc::location(*unit.sm, f->steps[i].place), f->steps[i].text });
    unit.findings.push_back(std::move(finding));
}

void keep_problem(void *user, const char *text) { ((Unit *)user)->problems.push_back(text); }

/* The checks of one translation unit live at the same time; those of the next one come when they are gone. */
class Units
{
  public:
    std::shared_ptr<Unit> current()
    {
        std::shared_ptr<Unit> unit = unit_.lock();
        if (!unit)
            unit_ = unit = std::make_shared<Unit>();
        return unit;
    }

  private:
    std::weak_ptr<Unit> unit_;
};

class Check : public tidy::ClangTidyCheck
{
  public:
    Check(StringRef name, tidy::ClangTidyContext *context, std::shared_ptr<Unit> unit)
        : ClangTidyCheck(name, context), name_(name), unit_(std::move(unit)),
          contracts_(context->getOptions().CheckOptions.lookup("nmrcheck.Contracts").Value),
          entry_(context->getOptions().CheckOptions.lookup("nmrcheck.Entry").Value)
    {
    }

    void registerPPCallbacks(const SourceManager &, Preprocessor *pp, Preprocessor *) override
    {
        if (!unit_->watched)
            nc::watch_preprocessor(*pp, unit_->facts, false);
        unit_->watched = true;
    }

    void registerMatchers(ast_matchers::MatchFinder *finder) override
    {
        finder->addMatcher(ast_matchers::translationUnitDecl().bind("unit"), this);
    }

    void check(const ast_matchers::MatchFinder::MatchResult &result) override
    {
        if (!unit_->analysed)
            analyse(*result.Context);
        unit_->analysed = true;
        for (const std::string &problem : unit_->problems)
            configurationDiag("%0") << problem;
        unit_->problems.clear();
        for (const Finding &finding : unit_->findings)
            if (finding.rule == name_)
                report(finding);
    }

  private:
    void analyse(ASTContext &ast)
    {
        /* Of code that does not compile, the compiler has said enough. */
        if (ast.getDiagnostics().hasUncompilableErrorOccurred())
            return;
        unit_->sm = &ast.getSourceManager();
        nc_builder *b = nc_builder_new();
        nc::lower_translation_unit(ast, nullptr, unit_->facts, b);
        nc_module *m = nc_builder_finish(b);
        std::vector<std::string> args;
        SmallVector<StringRef, 4> files;
        StringRef(contracts_).split(files, ';', -1, false);
        for (StringRef file : files)
            args.push_back("contracts=" + file.trim().str());
        if (!entry_.empty())
            args.push_back("entry=" + entry_);
        std::vector<const char *> argv;
        for (const std::string &a : args)
            argv.push_back(a.c_str());
        const nc_plugin_host host = { keep_finding, keep_problem, unit_.get() };
        nc_plugin_run(m, argv.data(), argv.size(), &host);
        nc_module_free(m);
    }

    void report(const Finding &finding)
    {
        {
            auto builder = diag(finding.loc, "%0");
            builder << finding.message;
            for (const FixItHint &fix : finding.fixes)
                builder << fix;
        }
        for (const Note &note : finding.notes)
            diag(note.loc, "%0", DiagnosticIDs::Note) << note.text;
    }

    std::string name_;
    std::shared_ptr<Unit> unit_;
    std::string contracts_, entry_;
};

class Module : public tidy::ClangTidyModule
{
  public:
    void addCheckFactories(tidy::ClangTidyCheckFactories &factories) override
    {
        auto units = std::make_shared<Units>();
        for (size_t i = 0; i < nc_rule_count(); ++i)
            factories.registerCheckFactory(nc_rule_at(i)->id, [units](StringRef name, tidy::ClangTidyContext *context) {
                return std::make_unique<Check>(name, context, units->current());
            });
    }
};

tidy::ClangTidyModuleRegistry::Add<Module> registration("nmrcheck", "Network Module Registrar and IRQL rules");

} // namespace
