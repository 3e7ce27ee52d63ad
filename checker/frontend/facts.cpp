#include "frontend/facts.h"

#include "clang/Basic/DiagnosticLex.h"
#include "clang/Basic/DiagnosticParse.h"
#include "clang/Basic/DiagnosticSema.h"

#include "clang/Basic/SourceManager.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"

#include "frontend/header_files.h"

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

    bool FileNotFound(StringRef) override { return skip_missing_; }

    void InclusionDirective(SourceLocation hash, const Token &, StringRef name, bool, CharSourceRange,
                            OptionalFileEntryRef file, StringRef search_path, StringRef, const Module *, bool,
                            SrcMgr::CharacteristicKind) override
    {
        if (file && search_path.starts_with(lookup_root))
            facts_.found_headers.insert({ name.str(), { file->getName().str(), hash } });
        if (file)
            return;
        if (name.ends_with_insensitive(".tmh"))
            facts_.uses_wpp = true;
        for (const MissingHeader &h : facts_.missing_headers)
            if (h.name == name)
                return;
        facts_.missing_headers.push_back({ name.str(), hash });
    }

    void PragmaDirective(SourceLocation loc, PragmaIntroducerKind) override
    {
        bool invalid = false;
        const char *text = sm_.getCharacterData(loc, &invalid);
        if (!invalid && text)
            read_alloc_text(text, loc);
    }

  private:
    const SourceManager &sm_;
    SourceFacts &facts_;
    bool skip_missing_;

    /* `text` is NUL-terminated: it points into a source buffer. Reads: #pragma alloc_text(SECTION, name, name ...) */
    void read_alloc_text(const char *p, SourceLocation loc)
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
        if (first != "alloc_text")
            return;
        blanks();
        if (*p != '(')
            return;
        ++p;
        blanks();
        std::string section = quoted();
        blanks();
        while (*p == ',') {
            ++p;
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
        return true;
    default:
        return false;
    }
}

namespace
{

/* Annotations of the source annotation language look like _This_ or _This_(arguments). */
bool is_annotation_name(StringRef name)
{
    return name.size() > 2 && name.front() == '_' && name.back() == '_' && llvm::isUpper(name[1]);
}

/* Whether the first use of the word in the text has arguments; nothing if the word is not there. */
std::optional<bool> has_arguments(StringRef text, StringRef word)
{
    for (size_t at = text.find(word); at != StringRef::npos; at = text.find(word, at + 1)) {
        auto part_of_name = [](char c) { return llvm::isAlnum(c) || c == '_'; };
        StringRef rest = text.drop_front(at + word.size());
        if ((at > 0 && part_of_name(text[at - 1])) || (!rest.empty() && part_of_name(rest.front())))
            continue;
        return rest.ltrim(" \t").starts_with("(");
    }
    return std::nullopt;
}

} // namespace

void find_unknown_annotations(Preprocessor &pp, SourceFacts &facts)
{
    SourceManager &sm = pp.getSourceManager();
    for (const auto &entry : pp.getIdentifierTable()) {
        StringRef name = entry.getKey();
        if (!is_annotation_name(name) || entry.getValue()->hadMacroDefinition())
            continue;
        bool known = false;
        for (const UnknownName &other : facts.unknown_names)
            known = known || other.name == name;
        for (unsigned i = 0; !known && i < sm.local_sloc_entry_size(); ++i) {
            const SrcMgr::SLocEntry &file = sm.getLocalSLocEntry(i);
            if (!file.isFile() || SrcMgr::isSystem(file.getFile().getFileCharacteristic()))
                continue;
            FileID id = sm.getFileID(SourceLocation::getFromRawEncoding(file.getOffset()));
            std::optional<StringRef> text = sm.getBufferDataIfLoaded(id);
            std::optional<bool> arguments = text ? has_arguments(*text, name) : std::nullopt;
            if (!arguments)
                continue;
            OptionalFileEntryRef ref = sm.getFileEntryRefForID(id);
            facts.unknown_names.push_back({ *arguments ? UnknownName::AnnotationWithArguments : UnknownName::Annotation,
                                            name.str(), ref ? ref->getName().str() : "" });
            break;
        }
    }
}

void ErrorCollector::unknown_name(StringRef message, const Diagnostic &info, bool type)
{
    StringRef name = message.split('\'').second.split('\'').first;
    if (name.empty() || !info.hasSourceManager() || info.getLocation().isInvalid())
        return;
    for (char c : name)
        if (!llvm::isAlnum(c) && c != '_')
            return;
    for (const UnknownName &known : facts_.unknown_names)
        if (known.name == name)
            return;
    const SourceManager &sm = info.getSourceManager();
    SourceLocation loc = sm.getSpellingLoc(info.getLocation());
    bool invalid = false;
    StringRef text = sm.getCharacterData(loc, &invalid);
    bool called = !invalid && text.consume_front(name) && text.ltrim(" \t").starts_with("(");
    UnknownName unknown;
    unknown.name = name.str();
    if (is_annotation_name(name))
        unknown.kind = called ? UnknownName::AnnotationWithArguments : UnknownName::Annotation;
    else
        unknown.kind = type ? UnknownName::Type : called ? UnknownName::Function : UnknownName::Value;
    PresumedLoc place = sm.getPresumedLoc(sm.getExpansionLoc(info.getLocation()));
    if (place.isValid())
        unknown.where = std::string(place.getFilename()) + ":" + std::to_string(place.getLine());
    facts_.unknown_names.push_back(unknown);
}

std::string declare_unknown(const std::vector<UnknownName> &names)
{
    std::string text = "#pragma GCC system_header\n#ifdef __cplusplus\nextern \"C\" {\n"
                       "#define NMRCHECK_ANY ...\n#else\n#define NMRCHECK_ANY\n#endif\n";
    for (const UnknownName &n : names) {
        switch (n.kind) {
        case UnknownName::Value:
            text += "extern int " + n.name + ";\n";
            break;
        case UnknownName::Function:
            text += "int " + n.name + "(NMRCHECK_ANY);\n";
            break;
        case UnknownName::Type: /* by their names, pointers are told from the rest */
            text += StringRef(n.name).starts_with("P") && StringRef(n.name).upper() == n.name ? "typedef void *"
                                                                                              : "typedef int ";
            text += n.name + ";\n";
            break;
        case UnknownName::Annotation:
            text += "#define " + n.name + "\n";
            break;
        case UnknownName::AnnotationWithArguments:
            text += "#define " + n.name + "(...)\n";
            break;
        }
    }
    return text + "#ifdef __cplusplus\n}\n#endif\n";
}

void ErrorCollector::HandleDiagnostic(DiagnosticsEngine::Level level, const Diagnostic &info)
{
    DiagnosticConsumer::HandleDiagnostic(level, info);
    if (level < DiagnosticsEngine::Error)
        return;
    llvm::SmallString<200> text;
    info.FormatDiagnostic(text);
    unsigned id = info.getID();
    if (id == diag::err_undeclared_var_use || id == diag::err_unknown_typename)
        unknown_name(text, info, id == diag::err_unknown_typename);
    if (facts_.errors.size() >= kept_errors)
        return;
    /* A harmless error keeps its place in the list of gaps, but marks no function. */
    facts_.errors.push_back({ std::string(text), info.getLocation() });
    facts_.errors.back().harmless = is_harmless_error(id);
}

} // namespace nc
