#include "frontend/facts.h"

#include "clang/AST/ASTContext.h"
#include "clang/Basic/DiagnosticLex.h"
#include "clang/Basic/DiagnosticParse.h"
#include "clang/Basic/DiagnosticSema.h"

#include "clang/Basic/SourceManager.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"

#include "frontend/compat.h"
#include "frontend/header_files.h"
#include "frontend/source_context.h"
#include "frontend/unknowns.h"

using namespace clang;

namespace nc
{

namespace
{

const size_t kept_errors = 500;

class Watcher : public PPCallbacks
{
  public:
    Watcher(Preprocessor &pp, SourceFacts &facts, bool skip_missing)
        : sm_(pp.getSourceManager()), facts_(facts), skip_missing_(skip_missing)
    {
    }

#if CLANG_VERSION_MAJOR < 15
    void InclusionDirective(SourceLocation hash, const Token &, StringRef name, bool, CharSourceRange,
                            const FileEntry *file, StringRef search_path, StringRef, const Module *,
                            SrcMgr::CharacteristicKind) override
#else
    void InclusionDirective(SourceLocation hash, const Token &, StringRef name, bool, CharSourceRange,
                            OptionalFileEntryRef file, StringRef search_path, StringRef, const Module *,
#if CLANG_VERSION_MAJOR >= 19
                            bool,
#endif
                            SrcMgr::CharacteristicKind) override
#endif
    {
        include(hash, name, file ? file->getName().str() : "", search_path);
    }

#if CLANG_VERSION_MAJOR >= 16
    /* Before, a missing file can only be skipped by another one in its place; parsing goes on behind the error anyway.
     */
    bool FileNotFound(StringRef) override { return skip_missing_; }
#endif

    void PragmaDirective(SourceLocation loc, PragmaIntroducerKind) override
    {
        bool invalid = false;
        const char *text = sm_.getCharacterData(loc, &invalid);
        if (!invalid && text)
            read_pragma(text, loc);
    }

  private:
    /* `file`: what was found, or "". */
    void include(SourceLocation hash, StringRef name, const std::string &file, StringRef search_path)
    {
        if (!file.empty() && starts_with(search_path, lookup_root))
            facts_.found_headers.insert({ name.str(), { file, hash } });
        if (!file.empty())
            return;
        if (ends_with_insensitive(name, ".tmh"))
            facts_.uses_wpp = true;
        for (const MissingHeader &h : facts_.missing_headers)
            if (h.name == name)
                return;
        facts_.missing_headers.push_back({ name.str(), hash });
    }

    const SourceManager &sm_;
    SourceFacts &facts_;
    [[maybe_unused]] bool skip_missing_;

    std::vector<std::pair<std::string, std::string>> bss_stack_; /* identifier, section before the push */
    std::string bss_;

    /* Reads: bss_seg([push | pop] [, identifier] [, "section" [, "class"]]); sections begin with a quotation mark here.
     */
    void bss_seg(const std::vector<std::string> &words, SourceLocation loc)
    {
        std::string action = !words.empty() && words[0][0] != '"' ? words[0] : "", id, section;
        bool named = words.empty();
        for (size_t i = action.empty() ? 0 : 1; i < words.size() && !named; ++i) {
            if (words[i][0] == '"')
                section = words[i].substr(1), named = true;
            else
                id = words[i];
        }
        if (action == "push") {
            bss_stack_.push_back({ id, bss_ });
        } else if (action == "pop") {
            size_t depth = bss_stack_.size();
            while (depth > 0 && !id.empty() && bss_stack_[depth - 1].first != id)
                --depth;
            if (depth > 0) {
                bss_ = bss_stack_[depth - 1].second;
                bss_stack_.resize(depth - 1);
            }
        }
        if (named)
            bss_ = section;
        facts_.bss_sections.push_back({ bss_, loc });
    }

    /* Macros of ndis.h that stand for alloc_text, and are used as pragmas: cl.exe expands macros there. */
    static std::string ndis_section(const std::string &word)
    {
        if (word == "NDIS_PAGEABLE_FUNCTION" || word == "NDIS_PAGABLE_FUNCTION")
            return "PAGE";
        return word == "NDIS_INIT_FUNCTION" ? "INIT" : "";
    }

    /* `text` is NUL-terminated: it points into a source buffer. Reads: #pragma alloc_text(SECTION, name, name ...),
     * what ndis.h calls it, and bss_seg */
    void read_pragma(const char *p, SourceLocation loc)
    {
        auto blanks = [&] {
            while (*p == ' ' || *p == '\t' || (*p == '\\' && (p[1] == '\n' || p[1] == '\r')) ||
                   (*p == '\n' && p[-1] == '\\') || (*p == '\r' && p[-1] == '\\') || (*p == '\n' && p[-1] == '\r'))
                ++p;
        };
        auto word = [&] {
            const char *begin = p;
            while (llvm::isAlnum(*p) || *p == '_' || *p == '$' || *p == '.')
                ++p;
            return std::string(begin, p);
        };
        auto quoted = [&] {
            if (*p != '"')
                return word();
            const char *begin = ++p;
            while (*p && *p != '"' && *p != '\n')
                ++p;
            std::string s(begin, p);
            if (*p == '"')
                ++p;
            return s;
        };
        if (*p == '#')
            ++p;
        blanks();
        std::string first = word();
        if (first == "pragma" || first == "__pragma") {
            blanks();
            if (first == "__pragma" && *p == '(')
                ++p;
            blanks();
            first = word();
        }
        blanks();
        std::string section = ndis_section(first);
        bool ndis = !section.empty();
        if ((first != "alloc_text" && first != "bss_seg" && !ndis) || *p != '(')
            return;
        ++p;
        blanks();
        if (first == "bss_seg") {
            std::vector<std::string> words;
            for (bool more = *p != ')'; more; more = *p == ',' && ++p) {
                blanks();
                bool is_section = *p == '"';
                words.push_back((is_section ? "\"" : "") + quoted());
                blanks();
            }
            bss_seg(words, loc);
            return;
        }
        if (!ndis) {
            section = quoted();
            blanks();
        }
        for (bool more = ndis || *p == ','; more; more = *p == ',') {
            p += *p == ',';
            blanks();
            std::string name = word();
            if (name.empty())
                return;
            facts_.alloc_text[name] = { section, loc };
            blanks();
        }
    }
};

} // namespace

void watch_preprocessor(Preprocessor &pp, SourceFacts &facts, bool skip_missing)
{
    pp.addPPCallbacks(std::make_unique<Watcher>(pp, facts, skip_missing));
}

bool is_harmless_error(unsigned id)
{
    switch (id) {
    case diag::err_conflicting_types:
    case diag::err_undeclared_use: /* alloc_text of a later function */
    case diag::err_pragma_alloc_text_not_function:
    case diag::err_pragma_alloc_text_c_linkage:
    case diag::err_different_return_type_for_overriding_virtual_function:
    case diag::err_static_non_static:
    case diag::err_non_static_static:
    case diag::err_redefinition_different_type:
    case diag::err_redefinition_different_typedef:
    case diag::err_conflicting_overriding_cc_attributes:
    case diag::err_cconv_change:
    case diag::err_attribute_dll_redeclaration:
    case diag::err_pp_hash_error:
    case diag::err_section_conflict:
    case diag::err_static_assert_failed:
    case diag::err_static_assert_requirement_failed:
    case diag::err_duplicate_case:
    case diag::err_duplicate_case_differing_expr:
    case diag::err_member_decl_does_not_match:
    case diag::err_redefinition_different_kind:
        return true;
    default:
        return false;
    }
}

namespace
{

/* The text ends within a preprocessor's directive: the guards of headers look like annotations. */
bool in_directive(StringRef text)
{
    StringRef line = text.drop_front(text.rfind('\n') + 1);
    return starts_with(line.ltrim(" \t"), "#");
}

/* Whether the first use of the word in the text has arguments; nothing if the word is not there, or only in directives.
 */
std::optional<bool> has_arguments(StringRef text, StringRef word)
{
    for (size_t at = text.find(word); at != StringRef::npos; at = text.find(word, at + 1)) {
        auto part_of_name = [](char c) { return llvm::isAlnum(c) || c == '_'; };
        StringRef rest = text.drop_front(at + word.size());
        if ((at > 0 && part_of_name(text[at - 1])) || (!rest.empty() && part_of_name(rest.front())))
            continue;
        if (in_directive(text.take_front(at)))
            continue;
        return starts_with(rest.ltrim(" \t"), "(");
    }
    return std::nullopt;
}

} // namespace

void find_unknown_annotations(Preprocessor &pp, SourceFacts &facts)
{
    SourceManager &sm = pp.getSourceManager();
    std::vector<StringRef> names;
    for (const auto &entry : pp.getIdentifierTable())
        if (is_annotation_name(entry.getKey()) && !entry.getValue()->hadMacroDefinition() &&
            !facts.unknowns.find(entry.getKey()))
            names.push_back(entry.getKey());
    llvm::sort(names); /* the table has no order */
    for (StringRef name : names) {
        for (unsigned i = 0; i < sm.local_sloc_entry_size(); ++i) {
            const SrcMgr::SLocEntry &file = sm.getLocalSLocEntry(i);
            if (!file.isFile() || SrcMgr::isSystem(file.getFile().getFileCharacteristic()))
                continue;
            FileID id = sm.getFileID(SourceLocation::getFromRawEncoding(file.getOffset()));
            std::optional<StringRef> text = loaded_text(sm, id);
            std::optional<bool> arguments = text ? has_arguments(*text, name) : std::nullopt;
            if (!arguments)
                continue;
            OptionalFileEntryRef ref = sm.getFileEntryRefForID(id);
            facts.unknowns.annotation(name, *arguments, ref ? ref->getName().str() : "");
            break;
        }
    }
}

void find_functions_without_type(ASTContext &ast, SourceFacts &facts)
{
    const SourceManager &sm = ast.getSourceManager();
    if (ast.getLangOpts().CPlusPlus)
        return;
    for (const Decl *decl : ast.getTranslationUnitDecl()->decls()) {
        const auto *function = dyn_cast<FunctionDecl>(decl);
        if (!function || !function->isThisDeclarationADefinition() ||
            function->getBeginLoc() != function->getLocation() || function->getLocation().isMacroID() ||
            sm.isInSystemHeader(function->getLocation()))
            continue;
        SourceContext context(sm, function->getLocation());
        StringRef name = function->getName();
        facts.unknowns.function_without_type(name,
                                             context.after.drop_front(std::min(name.size(), context.after.size())),
                                             sm.getFilename(function->getLocation()).str() + ":" +
                                                 std::to_string(sm.getSpellingLineNumber(function->getLocation())));
    }
}

void ErrorCollector::HandleDiagnostic(DiagnosticsEngine::Level level, const Diagnostic &info)
{
    DiagnosticConsumer::HandleDiagnostic(level, info);
    if (level == DiagnosticsEngine::Note)
        facts_.unknowns.learn_from_note(info);
    if (level < DiagnosticsEngine::Error)
        return;
    llvm::SmallString<200> text;
    info.FormatDiagnostic(text);
    unsigned id = info.getID();
    bool made_up = facts_.unknowns.learn(info);
    if (facts_.errors.size() >= kept_errors)
        return;
    /* A harmless error keeps its place in the list of gaps, but marks no function. */
    facts_.errors.push_back({ std::string(text), info.getLocation() });
    facts_.errors.back().harmless = made_up || is_harmless_error(id);
}

} // namespace nc
