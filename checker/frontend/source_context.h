/*
 * A place in the source as text: what stands before and after it. For guesses about names that nothing declares, where
 * the parser had to give up.
 */
#ifndef NC_FRONTEND_SOURCE_CONTEXT_H
#define NC_FRONTEND_SOURCE_CONTEXT_H

#include <string>

#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringRef.h"

namespace nc
{

/* The text around `loc` as it is spelled: in a macro's definition for what comes from there. */
struct SourceContext {
    llvm::StringRef before, after; /* `after` begins at the place itself */
    bool replaced = false;         /* ... behind it: see context_in_macro */
    SourceContext(const clang::SourceManager &sm, clang::SourceLocation loc);
};

/* Without blanks, comments and line continuations at its begin (end). */
llvm::StringRef skip_blanks(llvm::StringRef text);
llvm::StringRef drop_blanks(llvm::StringRef text);
/* The identifier that the text begins (ends) with, or "". */
llvm::StringRef first_word(llvm::StringRef text);
llvm::StringRef last_word(llvm::StringRef text);
/* What follows the bracket that closes the one that the text begins with; "" if nothing closes it. */
llvm::StringRef after_bracket(llvm::StringRef text);
/* What comes before the bracket that opens the one that the text ends with. */
llvm::StringRef before_bracket(llvm::StringRef text);

/* Where a macro's argument goes: the text around the parameter in the macro's definition, if `name` at `loc` is one
 * whole argument (`after` is then what follows it); else the place itself. */
SourceContext context_in_macro(const clang::SourceManager &sm, clang::SourceLocation loc, llvm::StringRef name);

/* What a name that stands there is. `after` begins with it. */
enum class NameUse {
    Value,
    ConstantValue,
    Function,
    Loop,
    Type,
    Annotation,
    AnnotationWithArguments,
    Template,
    FunctionTemplate,
    Namespace
};
NameUse use_of_expression_name(const SourceContext &context, llvm::StringRef name, bool cxx);
NameUse use_of_type_name(const SourceContext &context, llvm::StringRef name, bool cxx);

/* Annotations of the source annotation language look like _This_ or _This_(arguments). */
bool is_annotation_name(llvm::StringRef name);
/* Whether only capitals, digits and underscores are in it: a macro or an enumerator by custom. */
bool is_capitals(llvm::StringRef name);

} // namespace nc
#endif
