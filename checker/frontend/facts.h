/*
 * What is seen while a translation unit is parsed and is not in its AST: missing headers, alloc_text pragmas, errors.
 */
#ifndef NC_FRONTEND_FACTS_H
#define NC_FRONTEND_FACTS_H

#include <map>
#include <string>
#include <vector>

#include "clang/Basic/Diagnostic.h"
#include "clang/Basic/SourceLocation.h"

namespace clang
{
class Preprocessor;
}

namespace nc
{

struct AllocText {
    std::string section;
    clang::SourceLocation loc;
};

struct MissingHeader {
    std::string name;
    clang::SourceLocation loc;
};

struct FoundHeader {
    std::string path;
    clang::SourceLocation loc;
};

struct ParseError {
    std::string text;
    clang::SourceLocation loc;
    bool harmless = false; /* see is_harmless_error */
};

/* A name that nothing declares. A second parse gives it a meaning, so that what it stands in is not lost. */
struct UnknownName {
    enum Kind { Value, Function, Type, Annotation, AnnotationWithArguments } kind;
    std::string name;
    std::string where; /* file:line of the first use */
};

struct SourceFacts {
    std::map<std::string, AllocText> alloc_text;      /* by function name; the last pragma wins */
    std::vector<MissingHeader> missing_headers;       /* each name once */
    std::map<std::string, FoundHeader> found_headers; /* by name: those that no folder has and a look-up found */
    std::vector<ParseError> errors;
    std::vector<UnknownName> unknown_names; /* of this parse; each once */
    std::vector<UnknownName> given_names;   /* of the parses before: they have a meaning now */
    bool uses_wpp = false;                  /* includes a .tmh file that is not there */
};

/* Watches the preprocessor; to be called before parsing begins. `facts` must outlive the preprocessor. With
 * `skip_missing`, an include that is not found counts as an empty file. */
void watch_preprocessor(clang::Preprocessor &pp, SourceFacts &facts, bool skip_missing);

/* Errors that say nothing about a function's body and cost no code: a declaration that disagrees in details with
 * another one, pragmas that name what is not yet declared. */
bool is_harmless_error(unsigned diagnostic_id);

/* Adds words of the source annotation language's form that are no macros to `facts.unknown_names`. In a parameter list
 * C takes such a word for the parameter's name, so that no error tells of it. To be called at the end of a parse. */
void find_unknown_annotations(clang::Preprocessor &pp, SourceFacts &facts);

/* Declarations (C or C++) that give the names a meaning: an unknown value, a type, nothing at all. */
std::string declare_unknown(const std::vector<UnknownName> &names);

/* Keeps errors in `facts` and prints nothing. */
class ErrorCollector : public clang::DiagnosticConsumer
{
  public:
    explicit ErrorCollector(SourceFacts &facts) : facts_(facts) {}
    void HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic &info) override;

  private:
    SourceFacts &facts_;
    void unknown_name(llvm::StringRef message, const clang::Diagnostic &info, bool type);
};

} // namespace nc
#endif
