#include "frontend/source_context.h"

#include "clang/Basic/CharInfo.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include "frontend/compat.h"

using namespace clang;
using llvm::StringRef;

namespace nc
{

namespace
{

/* How far a bracket's partner is looked for. */
const size_t bracket_distance = 4000;

bool is_word(char c) { return llvm::isAlnum(c) || c == '_' || c == '$'; }

bool is_any_of(StringRef word, llvm::ArrayRef<StringRef> words) { return llvm::is_contained(words, word); }

/* Words that begin a declaration, so that what stands before them is no type. */
bool begins_declaration(StringRef word)
{
    return is_any_of(word,
                     { "static",   "extern",    "inline",    "__inline",  "__inline__", "__forceinline", "FORCEINLINE",
                       "struct",   "union",     "enum",      "unsigned",  "signed",     "int",           "void",
                       "char",     "short",     "long",      "float",     "double",     "bool",          "_Bool",
                       "__int64",  "typedef",   "VOID",      "NTSTATUS",  "BOOLEAN",    "template",      "class",
                       "virtual",  "explicit",  "constexpr", "namespace", "using",      "friend",        "auto",
                       "EXTERN_C", "_Noreturn", "INT",       "UINT",      "ULONG",      "LONG",          "PVOID" });
}

/* Words that may stand between a type and the name that it is the type of. */
bool follows_type(StringRef word)
{
    return is_annotation_name(word) || starts_with(word, "__") || starts_with(word, "DECLSPEC_") ||
           is_any_of(word,
                     { "const", "volatile", "CONST", "NTAPI", "WINAPI", "APIENTRY", "CALLBACK", "FASTCALL", "DDKAPI",
                       "STDMETHODCALLTYPE", "UNALIGNED", "RESTRICTED_POINTER", "FAR", "NEAR", "IN", "OUT" });
}

/* Whether a statement begins at the end of `before`. */
bool at_statement(StringRef before)
{
    before = drop_blanks(before);
    if (before.empty() || StringRef(";{}:").contains(before.back()))
        return true;
    if (ends_with(before, "else") || ends_with(before, "do"))
        return true;
    if (!ends_with(before, ")"))
        return false;
    StringRef head = last_word(before_bracket(before));
    return is_any_of(head, { "if", "while", "for", "switch" });
}

/* `text` without stars, references and qualifiers; *stars says whether there was one. */
StringRef skip_pointers(StringRef text, bool *stars)
{
    *stars = false;
    for (;;) {
        text = skip_blanks(text);
        if (starts_with(text, "*") || starts_with(text, "&")) {
            *stars = true;
            text = text.drop_front();
        } else if (StringRef word = first_word(text); is_any_of(word, { "const", "volatile", "CONST", "__restrict" })) {
            text = text.drop_front(word.size());
        } else {
            return text;
        }
    }
}

/* `text` begins with '<': what follows the '>' if that looks like template arguments, or "". */
StringRef after_template_arguments(StringRef text)
{
    int depth = 0;
    for (size_t i = 0; i < text.size() && i < 400; ++i) {
        if (text[i] == '<')
            ++depth;
        else if (text[i] == '>' && --depth == 0)
            return skip_blanks(text.drop_front(i + 1));
        else if (text[i] == ';' || text[i] == '{' || starts_with(text.substr(i), "&&") ||
                 starts_with(text.substr(i), "||"))
            break;
    }
    return "";
}

/* Whether the text can begin an operand, so that "(name)" before it is a cast. */
bool begins_operand(StringRef text)
{
    return !text.empty() && (is_word(text[0]) || StringRef("(\"'~!{").contains(text[0]));
}

/* Whether blanks between two places of one text hold the end of a line. */
bool breaks_line(StringRef between) { return between.contains('\n'); }

bool is_indented(StringRef before)
{
    StringRef line = before.substr(before.rfind('\n') + 1);
    return !line.empty() && line.trim(" \t").empty();
}

} // namespace

SourceContext::SourceContext(const SourceManager &sm, SourceLocation loc)
{
    auto [file, offset] = sm.getDecomposedLoc(sm.getSpellingLoc(loc));
    bool invalid = false;
    StringRef text = sm.getBufferData(file, &invalid);
    if (invalid || offset > text.size())
        return;
    before = text.take_front(offset);
    after = text.drop_front(offset);
}

StringRef skip_blanks(StringRef text)
{
    for (;;) {
        text = text.ltrim(" \t\r\n\f\v");
        if (starts_with(text, "\\\n") || starts_with(text, "\\\r"))
            text = text.drop_front(2);
        else if (starts_with(text, "//") || (starts_with(text, "#") && !starts_with(text, "##")))
            text = text.drop_front(std::min(text.find('\n'), text.size()));
        else if (starts_with(text, "/*"))
            text = text.drop_front(std::min(text.find("*/", 2), text.size() - 2) + 2);
        else
            return text;
    }
}

StringRef drop_blanks(StringRef text)
{
    for (;;) {
        text = text.rtrim(" \t\r\n\f\v\\");
        if (ends_with(text, "*/")) {
            text = text.take_front(std::min(text.rfind("/*"), text.size()));
            continue;
        }
        /* A line that ends in a comment, or is a directive. */
        size_t begin = text.rfind('\n');
        StringRef line = begin == StringRef::npos ? text : text.substr(begin + 1);
        size_t comment = line.find("//");
        if (comment != StringRef::npos && line.take_front(comment).count('"') % 2 == 0 &&
            !ends_with(line.take_front(comment), ":"))
            text = text.drop_back(line.size() - comment);
        else if (starts_with(line.ltrim(), "#") && !starts_with(line.ltrim(), "#define"))
            text = text.drop_back(line.size());
        else
            return text;
    }
}

StringRef first_word(StringRef text)
{
    if (text.empty() || llvm::isDigit(text[0]))
        return "";
    return text.take_while(is_word);
}

StringRef last_word(StringRef text)
{
    size_t n = 0;
    text = drop_blanks(text);
    while (n < text.size() && is_word(text[text.size() - 1 - n]))
        ++n;
    StringRef word = text.take_back(n);
    return word.empty() || llvm::isDigit(word[0]) ? "" : word;
}

StringRef after_bracket(StringRef text)
{
    int depth = 0;
    char quote = 0;
    for (size_t i = 0; i < text.size() && i < bracket_distance; ++i) {
        char c = text[i];
        if (quote) {
            if (c == '\\')
                ++i;
            else if (c == quote || c == '\n')
                quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(' || c == '[' || c == '{') {
            ++depth;
        } else if ((c == ')' || c == ']' || c == '}') && --depth == 0) {
            return text.drop_front(i + 1);
        }
    }
    return "";
}

StringRef before_bracket(StringRef text)
{
    int depth = 0;
    char quote = 0;
    for (size_t n = 0; n < text.size() && n < bracket_distance; ++n) {
        size_t i = text.size() - 1 - n;
        char c = text[i];
        bool escaped = i > 0 && text[i - 1] == '\\';
        if (quote) {
            if ((c == quote && !escaped) || c == '\n')
                quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == ')' || c == ']' || c == '}') {
            ++depth;
        } else if ((c == '(' || c == '[' || c == '{') && --depth == 0) {
            return text.take_front(i);
        }
    }
    return "";
}

SourceContext context_in_macro(const SourceManager &sm, SourceLocation loc, StringRef name)
{
    SourceContext here(sm, loc);
    for (unsigned depth = 0; depth < 8 && loc.isMacroID(); ++depth) {
        if (!sm.isMacroArgExpansion(loc)) {
            break;
        }
        SourceContext argument(sm, sm.getImmediateSpellingLoc(loc));
        StringRef before = drop_blanks(argument.before),
                  rest = skip_blanks(argument.after.drop_front(std::min(name.size(), argument.after.size())));
        if (before.empty() || !StringRef("(,").contains(before.back()) || rest.empty() ||
            !StringRef("),").contains(rest[0]))
            break;
        loc = sm.getImmediateExpansionRange(loc).getBegin();
        SourceContext parameter(sm, loc);
        StringRef word = first_word(parameter.after);
        if (word.empty())
            break;
        here = parameter;
        /* The parameter stands for the name: their lengths may differ, and users only look behind it. */
        here.after = parameter.after.drop_front(word.size());
        here.replaced = true;
    }
    return here;
}

NameUse use_of_type_name(const SourceContext &context, StringRef name, bool cxx)
{
    StringRef tail = context.replaced ? context.after : context.after.drop_front(name.size());
    StringRef rest = skip_blanks(tail);
    if (cxx && starts_with(rest, "::"))
        return NameUse::Namespace;
    if (cxx && starts_with(rest, "<"))
        return NameUse::Template;
    if (starts_with(rest, "(")) {
        StringRef behind = skip_blanks(after_bracket(rest)), inside = skip_blanks(rest.drop_front());
        bool pointer = starts_with(inside, "*") || starts_with(behind, "(");
        return pointer ? NameUse::Type : NameUse::AnnotationWithArguments;
    }
    bool stars;
    rest = skip_pointers(rest, &stars);
    StringRef word = first_word(rest);
    if (stars || word.empty())
        return NameUse::Type;
    if (begins_declaration(word))
        return NameUse::Annotation;
    /* "NAME\n    statement;" inside a function: a macro that is a statement by itself. */
    StringRef blanks = tail.take_front(tail.size() - skip_blanks(tail).size());
    if (breaks_line(blanks) && is_indented(context.before) && is_capitals(name)) {
        StringRef behind = skip_blanks(rest.drop_front(word.size()));
        if (starts_with(behind, "(") || starts_with(behind, "=") || starts_with(behind, "-") ||
            starts_with(behind, ".") ||
            is_any_of(word, { "return", "if", "while", "for", "switch", "goto", "do", "break", "continue" }))
            return NameUse::Annotation;
    }
    if (follows_type(word))
        return NameUse::Type;
    StringRef second = first_word(skip_pointers(rest.drop_front(word.size()), &stars));
    return second.empty() || follows_type(second) ? NameUse::Type : NameUse::Annotation;
}

NameUse use_of_expression_name(const SourceContext &context, StringRef name, bool cxx)
{
    StringRef rest = skip_blanks(context.replaced ? context.after : context.after.drop_front(name.size()));
    StringRef before = drop_blanks(context.before);
    if (cxx && starts_with(rest, "::"))
        return NameUse::Namespace;
    if (cxx && starts_with(rest, "<")) {
        StringRef behind = after_template_arguments(rest);
        if (starts_with(behind, "("))
            return NameUse::FunctionTemplate;
        if (starts_with(behind, "::") || starts_with(behind, "{") || !first_word(behind).empty())
            return NameUse::Template;
    }
    bool statement = at_statement(context.before);
    if (starts_with(rest, "(")) {
        StringRef behind = skip_blanks(after_bracket(rest));
        return statement && starts_with(behind, "{") ? NameUse::Loop : NameUse::Function;
    }
    bool stars;
    StringRef behind = skip_pointers(rest, &stars);
    StringRef word = first_word(behind);
    if (statement && !word.empty() && (stars || rest == behind)) {
        StringRef end = skip_blanks(behind.drop_front(word.size()));
        if (stars) {
            if (end.empty() || StringRef("=;,[").contains(end[0]))
                return NameUse::Type;
        } else {
            return use_of_type_name(context, name, cxx);
        }
    }
    for (StringRef qualifier = last_word(before); is_any_of(qualifier, { "const", "volatile", "CONST", "IN", "OUT" });
         qualifier = last_word(before))
        before = drop_blanks(before.drop_back(qualifier.size()));
    if (ends_with(before, "(") && starts_with(behind, ")")) {
        StringRef head = last_word(before.drop_back());
        if (is_any_of(head, { "sizeof", "alignof", "_Alignof", "__alignof", "typeof", "__typeof", "__typeof__",
                              "FIELD_SIZE" }))
            return NameUse::Type;
        if (stars)
            return NameUse::Type;
        bool keyword = is_any_of(head, { "return", "case", "else", "in" });
        if ((head.empty() || keyword) && begins_operand(skip_blanks(behind.drop_front())) &&
            !ends_with(drop_blanks(before.drop_back()), ")"))
            return NameUse::Type;
    }
    /* Arguments of the macros that want a type, and of functions like them. */
    if (stars && (starts_with(behind, ",") || starts_with(behind, ")") || starts_with(behind, ">")))
        return NameUse::Type;
    /* The address is taken of a variable only. */
    if (StringRef operand = drop_blanks(context.before); ends_with(operand, "&") && !ends_with(operand, "&&")) {
        operand = drop_blanks(operand.drop_back());
        StringRef word = last_word(operand);
        if (operand.empty() || word == "return" ||
            (word.empty() && !StringRef(")]0123456789").contains(operand.back())))
            return NameUse::Value;
    }
    if (last_word(before) == "case" || is_capitals(name))
        return NameUse::ConstantValue;
    return NameUse::Value;
}

bool is_annotation_name(StringRef name)
{
    return name.size() > 2 && name.front() == '_' && name.back() == '_' && isUppercase(name[1]);
}

bool is_capitals(StringRef name)
{
    bool letter = false;
    for (char c : name) {
        if (isLowercase(c))
            return false;
        letter = letter || isUppercase(c);
    }
    return letter;
}

} // namespace nc
