/* One file through Clang, in this process: the command line, the compiler instance, the stack that it runs on. */
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <mutex>

#include "clang/Basic/Stack.h"
#include "clang/Basic/TargetInfo.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#if CLANG_VERSION_MAJOR < 22
#include "clang/Frontend/Utils.h"
#else
#include "clang/Driver/CreateInvocationFromArgs.h"
#endif
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Sema/SemaConsumer.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#include "frontend/compat.h"
#include "frontend/frontend.h"
#include "frontend/header_files.h"
#include "frontend/locations.h"
#include "frontend/lower.h"
#include "frontend/preambles.h"
#include "frontend/unknowns.h"

using namespace clang;

namespace nc
{

namespace
{

/* Clang's parser and this front end recurse over the source's nesting. Only what is used is ever committed. */
const unsigned stack_size = 1u << 30;

class Consumer : public SemaConsumer
{
  public:
    Consumer(SourceFacts &facts, nc_builder *b) : facts_(facts), b_(b) {}
    void InitializeSema(Sema &sema) override { sema_ = &sema; }
    void HandleTranslationUnit(ASTContext &ast) override
    {
        find_functions_without_type(ast, facts_);
        lower_translation_unit(ast, sema_, facts_, b_);
    }

  private:
    SourceFacts &facts_;
    nc_builder *b_;
    Sema *sema_ = nullptr;
};

class Action : public ASTFrontendAction
{
  public:
    Action(SourceFacts &facts, nc_builder *b) : facts_(facts), b_(b) {}
    std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &ci, StringRef) override
    {
        watch_preprocessor(ci.getPreprocessor(), facts_, true);
        return std::make_unique<Consumer>(facts_, b_);
    }
    void EndSourceFileAction() override
    {
        if (!facts_.errors.empty())
            find_unknown_annotations(getCompilerInstance().getPreprocessor(), facts_);
    }

  private:
    SourceFacts &facts_;
    nc_builder *b_;
};

bool is_cxx(StringRef file)
{
    StringRef extension = llvm::sys::path::extension(file);
    for (StringRef known : { ".cpp", ".cc", ".cxx", ".c++", ".hpp", ".hxx" })
        if (extension.equals_insensitive(known))
            return true;
    return extension == ".C";
}

/* Flags of a real build that have no meaning here, or that would write files. */
bool drop_flag(StringRef flag, bool *has_argument)
{
    *has_argument =
        flag == "-o" || flag == "-MF" || flag == "-MT" || flag == "-MQ" || flag == "-arch" || flag == "-Xlinker";
    return *has_argument || flag == "-c" || flag == "-S" || flag == "-E" || flag == "-M" || flag == "-MM" ||
           flag == "-MD" || flag == "-MMD" || flag == "-MP" || flag == "-MG" || flag == "-save-temps" ||
           starts_with(flag, "-Werror") || starts_with(flag, "-fplugin") || starts_with(flag, "-fpass-plugin") ||
           starts_with(flag, "-flto") || starts_with(flag, "-fsanitize") || starts_with(flag, "-fprofile") ||
           starts_with(flag, "-fmodules") || starts_with(flag, "-serialize-diagnostics");
}

std::vector<std::string> command_line(const std::string &file, bool cxx, const nc_frontend_options &options,
                                      bool unknown_names)
{
    std::vector<std::string> args = { "clang", "-fsyntax-only",   "-w",
                                      "-x",    cxx ? "c++" : "c", cxx ? "-std=c++17" : "-std=c17" };
    for (const char *flag :
         { "--target=x86_64-pc-windows-msvc", "-fms-extensions", "-fms-compatibility",
           "-fms-compatibility-version=19.40", "-fno-delayed-template-parsing", "-fno-spell-checking",
           "-ferror-limit=0", "-fbracket-depth=2048", "-fno-builtin-printf", "-fcxx-exceptions", "-fexceptions",
           "-D_KERNEL_MODE=1", "-D_AMD64_", "-DAMD64", "-DNTDDI_VERSION=0x0A00000C", "-D_WIN32_WINNT=0x0A00",
           "-DWINVER=0x0A00", "-DNMRCHECK=1" })
        args.push_back(flag);
    if (options.own_headers)
        args.push_back("-nostdinc");
    if (unknown_names) {
        args.push_back("-include");
        args.push_back(unknown_names_path.str());
    }
    for (size_t i = 0; i < options.flag_count; ++i) {
        bool has_argument;
        if (drop_flag(options.flags[i], &has_argument))
            i += has_argument;
        else
            args.push_back(options.flags[i]);
    }
    if (options.find_include) {
        args.push_back("-I");
        args.push_back(lookup_root.str());
    }
    if (options.own_headers) {
        args.push_back("-idirafter");
        args.push_back(embedded_root.drop_back().str());
    }
    args.push_back("--");
    args.push_back(file);
    return args;
}

/* The compiler's view of the command line; null when it makes no sense. */
std::shared_ptr<CompilerInvocation> invocation_of(const std::vector<std::string> &args, ErrorCollector &collector)
{
    /* The driver would look for an installed compiler, in folders without end; and it needs no file. */
    llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> files(new llvm::vfs::InMemoryFileSystem);
    std::vector<const char *> argv;
    for (const std::string &a : args)
        argv.push_back(a.c_str());
#if CLANG_VERSION_MAJOR < 21
    llvm::IntrusiveRefCntPtr<DiagnosticOptions> options(new DiagnosticOptions);
    options->ShowCarets = false;
    llvm::IntrusiveRefCntPtr<DiagnosticsEngine> diagnostics(
        new DiagnosticsEngine(new DiagnosticIDs, options, &collector, false));
#else
    DiagnosticOptions options;
    options.ShowCarets = false;
    llvm::IntrusiveRefCntPtr<DiagnosticsEngine> diagnostics(
        new DiagnosticsEngine(DiagnosticIDs::create(), options, &collector, false));
#endif
#if CLANG_VERSION_MAJOR < 15
    return createInvocationFromCommandLine(argv, diagnostics, files, true);
#else
    CreateInvocationOptions invocation_options;
    invocation_options.Diags = diagnostics;
    invocation_options.VFS = files;
    invocation_options.RecoverOnError = true;
    return createInvocation(argv, invocation_options);
#endif
}

LangOptions &language_of(CompilerInvocation &invocation)
{
#if CLANG_VERSION_MAJOR < 18
    return *invocation.getLangOpts();
#else
    return invocation.getLangOpts();
#endif
}

/* One parse, which goes on from a preamble (or null). `facts` has what it found. False: there was none; a line for
 * *error. */
bool parse(const std::vector<std::string> &args, llvm::IntrusiveRefCntPtr<HeaderFiles> files, const Preamble *preamble,
           FrontendAction &action, SourceFacts &facts, std::string *error)
{
    const std::string &file = args.back();
    ErrorCollector collector(facts);
    std::shared_ptr<CompilerInvocation> invocation = invocation_of(args, collector);
    if (!invocation) {
        *error = file + ": the compiler flags were not understood";
        if (!facts.errors.empty())
            *error += ": " + facts.errors[0].text;
        return false;
    }
    invocation->getFrontendOpts().DisableFree = false;
    invocation->getDiagnosticOpts().ShowCarets = false;
    LangOptions &language = language_of(*invocation);
    language.SpellChecking = false;
    language.RecoveryAST = true;
    language.RecoveryASTType = true;

    if (preamble) {
        PreprocessorOptions &preprocessor = invocation->getPreprocessorOpts();
        preprocessor.ImplicitPCHInclude = preamble->image_name();
        preprocessor.DisablePCHOrModuleValidation = DisableValidationForModuleKind::All;
    }

    llvm::raw_null_ostream nowhere;
#if CLANG_VERSION_MAJOR < 21
    CompilerInstance ci;
    ci.setInvocation(invocation);
#else
    CompilerInstance ci(invocation);
#endif
    ci.setVerboseOutputStream(nowhere);
#if CLANG_VERSION_MAJOR >= 22
    ci.setVirtualFileSystem(files);
#endif
#if CLANG_VERSION_MAJOR == 20 || CLANG_VERSION_MAJOR == 21
    ci.createDiagnostics(*files, &collector, false);
#else
    ci.createDiagnostics(&collector, false);
#endif
    DiagnosticsEngine &engine = ci.getDiagnostics();
    engine.setErrorLimit(0);
    engine.setFatalsAsError(true);
    /* Warnings, and what C17 only calls an error by default: implicit declarations, conversions of pointers. */
    engine.setSeverityForAll(diag::Flavor::WarningOrError, diag::Severity::Ignored);
    ci.setFileManager(new FileManager(ci.getFileSystemOpts(), files));
#if CLANG_VERSION_MAJOR < 22
    ci.createSourceManager(ci.getFileManager());
#else
    ci.createSourceManager();
#endif
    ci.ExecuteAction(action);
    return true;
}

/* Makes a preamble for `file` and others. */
void make_preamble(Preamble &preamble, const char *file, const nc_frontend_options &options)
{
    std::string error;
    llvm::IntrusiveRefCntPtr<HeaderFiles> files = HeaderFiles::open(file, options, &error);
    if (!files)
        return;
    bool cxx = is_cxx(file);
    Unknowns unknowns(cxx);
    SourceFacts facts(unknowns);
    PreambleAction action(preamble, facts);
    show_preamble(*files, preamble.base.get());
    files->add_text(preamble.text_name(), preamble.text);
    if (!parse(command_line(preamble.text_name(), cxx, options, false), files, preamble.base.get(), action, facts,
               &error) ||
        !unknowns.empty())
        preamble.image.clear();
    preamble.reads = (preamble.base ? preamble.base->reads : "") + files->reads();
}

/* The system headers that `file` and others read first, or null. */
std::shared_ptr<const Preamble> find_preamble(const char *file, const nc_frontend_options &options, HeaderFiles &files)
{
    if (!options.preambles || !can_make_preambles)
        return nullptr;
    nc_preambles::Beginning beginning = options.preambles->beginning(file, options, files);
    return options.preambles->find(beginning, [&](Preamble &preamble) {
        llvm::CrashRecoveryContext recovery;
        if (!recovery.RunSafelyOnThread([&] { make_preamble(preamble, file, options); }, stack_size))
            preamble.image.clear();
    });
}

struct FreeModule {
    void operator()(nc_module *m) const { nc_module_free(m); }
};
using OwnedModule = std::unique_ptr<nc_module, FreeModule>;

/* Null: a line for *error. */
OwnedModule parse_file(const char *file, const nc_frontend_options &options,
                       const llvm::IntrusiveRefCntPtr<HeaderFiles> &files, const Preamble *preamble, SourceFacts &facts,
                       std::string *error)
{
    nc_builder *b = nc_builder_new();
    Action action(facts, b);
    facts.after_preamble = preamble != nullptr;
    bool parsed = parse(command_line(file, is_cxx(file), options, !facts.unknowns.empty()), files, preamble, action,
                        facts, error);
    if (parsed && (nc_builder_module(b)->main_file != 0 || nc_builder_module(b)->files_count != 0))
        return OwnedModule(nc_builder_finish(b));
    nc_builder_free(b);
    if (parsed) {
        *error = std::string(file) + ": could not be compiled";
        if (!facts.errors.empty())
            *error += ": " + facts.errors[0].text;
    }
    return nullptr;
}

/* One parse's result, and how much of the file it understood. */
struct Attempt {
    OwnedModule module;
    size_t functions = 0, lost = 0, errors = 0;

    void judge(const SourceFacts &facts)
    {
        for (nc_id i = 0; i < module->functions_count; ++i) {
            const nc_function &f = module->functions[i];
            bool own = f.block_count > 0 && !(f.flags & NC_FN_SYSTEM);
            functions += own;
            lost += own && f.flags & NC_FN_HAS_ERRORS;
        }
        for (const ParseError &e : facts.errors)
            errors += !e.harmless;
    }
    bool is_better_than(const Attempt &other) const
    {
        size_t whole = functions - lost, others = other.functions - other.lost;
        return whole != others ? whole > others : errors <= other.errors;
    }
};

/* Returns the module, or null and a line for *error. */
nc_module *compile(const char *file, const nc_frontend_options &options, std::string *error)
{
    noteBottomOfStack();
    llvm::IntrusiveRefCntPtr<HeaderFiles> files = HeaderFiles::open(file, options, error);
    if (!files)
        return nullptr;
    llvm::ErrorOr<llvm::vfs::Status> status = files->status(file);
    if (!status || status->isDirectory()) {
        *error = std::string(file) + ": " + (status ? "is a directory" : status.getError().message());
        return nullptr;
    }

    std::shared_ptr<const Preamble> preamble = find_preamble(file, options, *files);
    show_preamble(*files, preamble.get());

    /* A statement with an undeclared name in it is not in Clang's AST at all. So names that nothing declares get a
     * declaration, and the file is parsed once more; what they are shows from parse to parse. */
    const unsigned rounds = 12;
    Unknowns unknowns(is_cxx(file));
    Attempt best;
    std::string declared;
    size_t headers_before = 0;
    for (unsigned round = 0; round < rounds; ++round) {
        SourceFacts facts(unknowns);
        Attempt attempt;
        size_t headers = unknowns.headers().size();
        attempt.module = parse_file(file, options, files, preamble.get(), facts, error);
        if (!attempt.module)
            break;
        attempt.judge(facts);

        if (!best.module || attempt.is_better_than(best))
            best = std::move(attempt);
        else if (headers > headers_before)
            unknowns.without_headers();
        headers_before = headers;
        if (!unknowns.changed())
            break;
        for (const Unknowns::Cast &cast : unknowns.take_casts())
            files->blank(cast.file, cast.offset, cast.length);
        declared = unknowns.declarations();
        files->declare(declared);
    }
    if (options.reads)
        *options.reads = strdup(((preamble ? preamble->reads : "") + files->reads()).c_str());
    return best.module.release();
}

char *copy_line(const std::string &text)
{
    std::string line = text.substr(0, text.find('\n'));
    return strdup(line.c_str());
}

} // namespace

} // namespace nc

struct nc_module *nc_frontend_lower(const char *file, const struct nc_frontend_options *options, char **error)
{
    /* Handlers for the signals of a crash: process-wide, and the same for every call. */
    static std::once_flag once;
    std::call_once(once, [] { llvm::CrashRecoveryContext::Enable(); });

    nc_module *module = nullptr;
    std::string message;
    auto run = [&](const nc_frontend_options &with) {
        if (with.reads)
            *with.reads = nullptr;
        llvm::CrashRecoveryContext recovery;
        return recovery.RunSafelyOnThread([&] { module = nc::compile(file, with, &message); }, nc::stack_size);
    };
    bool survived = run(*options);
    if (!survived && options->preambles) {
        nc_frontend_options alone = *options;
        alone.preambles = nullptr;
        survived = run(alone);
    }
    if (!survived) {
        module = nullptr;
        message = std::string(file) + ": the compiler front end crashed on this file";
    }
    if (!module && error)
        *error = nc::copy_line(message);
    return module;
}
