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
class ASTContext;
class Preprocessor;
} // namespace clang

namespace nc
{

struct AllocText {
    std::string section;
    clang::SourceLocation loc;
};

/* From here on, variables without an initialiser go to this section ("": the usual one). Clang applies the pragma to
 * C's tentative definitions only where the file ends. */
struct BssSection {
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
    bool harmless = false; /* it costs no code */
};

class Unknowns;

struct SourceFacts {
    explicit SourceFacts(Unknowns &u) : unknowns(u) {}

    Unknowns &unknowns;                               /* what the parses before learned has a meaning in this one */
    std::map<std::string, AllocText> alloc_text;      /* by function name; the last pragma wins */
    std::vector<BssSection> bss_sections;             /* in the order of the source */
    std::vector<MissingHeader> missing_headers;       /* each name once */
    std::map<std::string, FoundHeader> found_headers; /* by name: those that no folder has and a look-up found */
    std::vector<ParseError> errors;
    bool after_preamble = false; /* system headers were parsed before, and are in a precompiled header */
    bool uses_wpp = false;       /* includes a .tmh file that is not there */
};

/* Watches the preprocessor; to be called before parsing begins. `facts` must outlive the preprocessor. With
 * `skip_missing`, an include that is not found counts as an empty file. */
void watch_preprocessor(clang::Preprocessor &pp, SourceFacts &facts, bool skip_missing);

/* Errors that say nothing about a function's body and cost no code: a declaration that disagrees in details with
 * another one, pragmas that name what is not yet declared. */
bool is_harmless_error(unsigned diagnostic_id);

/* Tells `facts.unknowns` of words of the source annotation language's form that are no macros. In a parameter list C
 * takes such a word for the parameter's name, so that no error tells of it. To be called at the end of a parse. */
void find_unknown_annotations(clang::Preprocessor &pp, SourceFacts &facts);

/* Tells `facts.unknowns` of functions of the file that have no type (C only): a macro's name, in truth. */
void find_functions_without_type(clang::ASTContext &ast, SourceFacts &facts);

/* Keeps errors in `facts` and prints nothing. */
class ErrorCollector : public clang::DiagnosticConsumer
{
  public:
    explicit ErrorCollector(SourceFacts &facts) : facts_(facts) {}
    void HandleDiagnostic(clang::DiagnosticsEngine::Level level, const clang::Diagnostic &info) override;

  private:
    SourceFacts &facts_;
};

} // namespace nc
#endif
