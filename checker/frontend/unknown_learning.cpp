/* What Clang's errors tell of names that nothing declares. */
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/DiagnosticParse.h"
#include "clang/Basic/DiagnosticSema.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/StringExtras.h"

#include "frontend/compat.h"
#include "frontend/source_context.h"
#include "frontend/unknowns.h"

using namespace clang;
using llvm::StringRef;

namespace nc
{

namespace
{

std::string place_of(const Diagnostic &error)
{
    const SourceManager &sm = error.getSourceManager();
    PresumedLoc place = sm.getPresumedLoc(sm.getExpansionLoc(error.getLocation()));
    return place.isValid() ? std::string(place.getFilename()) + ":" + std::to_string(place.getLine()) : "";
}

QualType type_argument(const Diagnostic &error, unsigned i)
{
    return i < error.getNumArgs() && error.getArgKind(i) == DiagnosticsEngine::ak_qualtype
               ? QualType::getFromOpaquePtr(reinterpret_cast<void *>(error.getRawArg(i)))
               : QualType();
}

/* The name among the error's arguments, if it is a plain one. */
StringRef name_argument(const Diagnostic &error)
{
    for (unsigned i = 0; i < error.getNumArgs(); ++i) {
        const IdentifierInfo *id = nullptr;
        if (error.getArgKind(i) == DiagnosticsEngine::ak_identifierinfo)
            id = error.getArgIdentifier(i);
        else if (error.getArgKind(i) == DiagnosticsEngine::ak_declarationname)
            id = DeclarationName::getFromOpaqueInteger(error.getRawArg(i)).getAsIdentifierInfo();
        else if (error.getArgKind(i) == DiagnosticsEngine::ak_nameddecl)
            if (const auto *decl = reinterpret_cast<const NamedDecl *>(error.getRawArg(i)))
                id = decl->getIdentifier();
        if (id)
            return id->getName();
    }
    return "";
}

const DeclContext *context_argument(const Diagnostic &error)
{
    for (unsigned i = 0; i < error.getNumArgs(); ++i)
        if (error.getArgKind(i) == DiagnosticsEngine::ak_declcontext)
            return reinterpret_cast<const DeclContext *>(error.getRawArg(i));
        else if (error.getArgKind(i) == DiagnosticsEngine::ak_nameddecl)
            if (const auto *decl = reinterpret_cast<const NamedDecl *>(error.getRawArg(i));
                decl && isa<RecordDecl>(decl))
                return cast<RecordDecl>(decl);
    return nullptr;
}

SourceContext context_of(const Diagnostic &error)
{
    return SourceContext(error.getSourceManager(), error.getLocation());
}

/* The text of the first marked range, as it is spelled, or what follows the error. */
StringRef marked_text(const Diagnostic &error)
{
    const SourceManager &sm = error.getSourceManager();
    for (const CharSourceRange &range : error.getRanges()) {
        if (range.isInvalid())
            continue;
        SourceContext begin(sm, range.getBegin()), end(sm, range.getEnd());
        if (begin.after.size() < end.after.size() || begin.after.end() != end.after.end())
            continue;
        StringRef last = range.isTokenRange() ? first_word(end.after) : "";
        size_t length = begin.after.size() - end.after.size() + std::max<size_t>(last.size(), range.isTokenRange());
        return begin.after.take_front(length);
    }
    StringRef text = context_of(error).after;
    return text.take_front(text.find_first_of(",;:{}\n"));
}

template <typename Use> void each_word(StringRef text, Use use)
{
    while (!text.empty()) {
        StringRef word = first_word(text);
        if (word.empty()) {
            text = text.drop_front();
            continue;
        }
        use(word);
        text = text.drop_front(word.size());
    }
}

UnknownName::Kind kind_of(NameUse use)
{
    switch (use) {
    case NameUse::Value:
        return UnknownName::Variable;
    case NameUse::ConstantValue:
        return UnknownName::Constant;
    case NameUse::Function:
        return UnknownName::Function;
    case NameUse::Loop:
        return UnknownName::Loop;
    case NameUse::Type:
        return UnknownName::Type;
    case NameUse::Annotation:
        return UnknownName::Annotation;
    case NameUse::AnnotationWithArguments:
        return UnknownName::AnnotationWithArguments;
    case NameUse::Template:
        return UnknownName::Template;
    case NameUse::FunctionTemplate:
        return UnknownName::FunctionTemplate;
    case NameUse::Namespace:
        return UnknownName::Namespace;
    }
    return UnknownName::Variable;
}

bool is_plain(StringRef name)
{
    return !name.empty() && llvm::all_of(name, [](char c) { return llvm::isAlnum(c) || c == '_'; });
}

/* Whether the type is called like those of callbacks are. */
bool names_a_routine(StringRef name)
{
    for (StringRef word :
         { "_FN", "_ROUTINE", "_CALLBACK", "_HANDLER", "_FUNCTION", "_DISPATCH", "_fn_t", "_callback_t" })
        if (ends_with(name, word))
            return !starts_with(name, "P");
    return starts_with(name, "EVT_");
}

/* TYPE name; outside of functions. */
bool declares_at_margin(const SourceContext &context, StringRef type)
{
    StringRef line = context.before.substr(context.before.rfind('\n') + 1);
    if (!line.trim().empty() && line.trim() != "static" && line.trim() != "extern")
        return false;
    if (starts_with(line, " ") || starts_with(line, "\t"))
        return false;
    StringRef rest = skip_blanks(context.after.drop_front(type.size()));
    StringRef word = first_word(rest);
    return !word.empty() && starts_with(skip_blanks(rest.drop_front(word.size())), ";");
}

bool is_parse_error(unsigned id)
{
    return DiagnosticIDs::getCategoryNameFromID(DiagnosticIDs::getCategoryNumberForDiag(id)) == "Parse Issue";
}

/* The bracket that is open at the end of the text: what stands before it. */
StringRef before_open_bracket(StringRef text)
{
    for (unsigned parts = 0; parts < 200 && !text.empty(); ++parts) {
        text = drop_blanks(text);
        if (text.empty())
            break;
        char last = text.back();
        if (last == '(')
            return text.drop_back();
        if (last == ';' || last == '{' || last == '}')
            break;
        if (last == ')' || last == ']')
            text = before_bracket(text);
        else if (last == '"')
            text = text.take_front(std::min(text.drop_back().rfind('"'), text.size() - 1));
        else if (StringRef word = last_word(text); !word.empty())
            text = text.drop_back(word.size());
        else
            text = text.drop_back();
    }
    return "";
}

} // namespace

/* What the error's type was made from, if it was made here. */
Shape *Unknowns::shape_of(QualType type)
{
    for (unsigned steps = 0; !type.isNull() && steps < 64; ++steps) {
        if (const auto *alias = dyn_cast<TypedefType>(type.getTypePtr())) {
            auto at = by_alias_.find(alias->getDecl()->getName());
            if (at != by_alias_.end())
                return at->second;
        }
        if (const auto *record = dyn_cast<RecordType>(type.getTypePtr())) {
            const RecordDecl *decl = record->getDecl();
            auto at = by_alias_.find(decl->getName());
            if (at != by_alias_.end())
                return at->second;
            const UnknownName *tag = find((decl->getKindName() + " " + decl->getName()).str());
            if (isa<ClassTemplateSpecializationDecl>(decl)) {
                tag = find(decl->getQualifiedNameAsString());
                return tag && tag->kind == UnknownName::Template ? tag->shape : nullptr;
            }
            return tag ? tag->shape : nullptr;
        }
        QualType next = type->getLocallyUnqualifiedSingleStepDesugaredType();
        if (next == type || next.getTypePtr() == type.getTypePtr())
            break;
        type = next;
    }
    return nullptr;
}

void Unknowns::undeclared(StringRef name, const Diagnostic &error, bool as_type)
{
    if (!is_plain(name) || starts_with(name, "nmrcheck_"))
        return;
    const SourceManager &sm = error.getSourceManager();
    bool cxx = lang_is_cxx_;
    if (is_annotation_name(name)) {
        SourceContext context = context_of(error);
        bool arguments =
            starts_with(skip_blanks(context.after.drop_front(std::min(name.size(), context.after.size()))), "(");
        annotation(name, arguments, place_of(error));
        return;
    }
    SourceContext context = context_in_macro(sm, error.getLocation(), name);
    if (!context.replaced && !starts_with(context.after, name))
        return; /* pasted together by a macro */
    /* The declarator of an unknown type that was taken for a factor: TYPE *name. */
    StringRef before = drop_blanks(context.before);
    if (ends_with(before, "*")) {
        const UnknownName *type = find(last_word(before.rtrim("* \t")));
        if (type && type->kind == UnknownName::Type)
            return;
    }
    NameUse use = as_type ? use_of_type_name(context, name, cxx) : use_of_expression_name(context, name, cxx);
    UnknownName *n = add(kind_of(use), name, place_of(error));
    if (n && n->kind == UnknownName::Type && names_a_routine(name) && declares_at_margin(context, name))
        routine(n->shape);
    else if (n && n->kind == UnknownName::Type)
        guess_pointer(*n, sm.getBufferData(sm.getMainFileID()));
}

/* A member of something that is no record: what it is can only be guessed from the name if `shape` is null. */
bool Unknowns::member_of_scalar(const Diagnostic &error, Shape *shape)
{
    SourceContext context = context_of(error);
    StringRef text = context.after;
    bool arrow = starts_with(text, "->");
    if (!arrow && !starts_with(text, "."))
        return shape != nullptr;
    if (!shape) {
        UnknownName *base = known(last_word(context.before));
        if (!base || base->kind != UnknownName::Constant)
            return false;
        base->used_as_variable = true;
        change(*base, UnknownName::Variable);
        shape = base->shape;
        if (arrow)
            shape = pointee(shape);
    }
    /* In a macro, the member's name is an argument. */
    StringRef rest = skip_blanks(text.drop_front(arrow ? 2 : 1)), name = first_word(rest);
    rest = rest.drop_front(name.size());
    ArrayRef<CharSourceRange> ranges = error.getRanges();
    if (error.getLocation().isMacroID() && !ranges.empty() && ranges.back().isValid()) {
        SourceContext spelled(error.getSourceManager(), ranges.back().getBegin());
        name = first_word(spelled.after);
        rest = spelled.after.drop_front(name.size());
    }
    if (shape)
        if (Shape *m = member(shape, name))
            follow(m, rest);
    return true;
}

bool Unknowns::missing_member(const Diagnostic &error)
{
    StringRef name = name_argument(error);
    const DeclContext *context = context_argument(error);
    SourceContext text = context_of(error);
    StringRef rest = starts_with(text.after, name) ? text.after.drop_front(name.size()) : "";
    Shape *shape = nullptr;
    if (const auto *space = dyn_cast_or_null<NamespaceDecl>(context)) {
        std::string full = space->getQualifiedNameAsString();
        if (!is_plain(name) || full.find('(') != std::string::npos)
            return false;
        bool as_type = error.getID() == diag::err_typename_nested_not_found;
        NameUse use = as_type ? use_of_type_name(text, name, true) : use_of_expression_name(text, name, true);
        add(kind_of(use), full + "::" + name.str(), place_of(error));
        return true;
    }
    if (const auto *record = dyn_cast_or_null<RecordDecl>(context))
        shape = shape_of(type_of(record->getASTContext(), record));
    for (unsigned i = 0; !shape && i < error.getNumArgs(); ++i)
        shape = shape_of(type_argument(error, i));
    if (!shape)
        return false;
    Shape *m = member(shape, name);
    if (!m)
        return true;
    rest = skip_blanks(rest);
    if (rest.consume_front("=") && starts_with(skip_blanks(rest), "{")) {
        /* a designated initialiser */
        StringRef inner = skip_blanks(skip_blanks(rest).drop_front());
        if (inner.consume_front("."))
            member(m, first_word(skip_blanks(inner)));
        return true;
    }
    follow(m, rest);
    return true;
}

bool Unknowns::incomplete(const Diagnostic &error)
{
    for (unsigned i = 0; i < error.getNumArgs(); ++i) {
        QualType type = type_argument(error, i);
        if (type.isNull())
            continue;
        while (type->isPointerType() || type->isArrayType())
            type = type->isPointerType() ? type->getPointeeType() : QualType(type->getArrayElementTypeNoTypeQual(), 0);
        const auto *record = type->getAs<RecordType>();
        if (!record || record->getDecl()->getDefinition() || record->getDecl()->getName().empty() ||
            !record->getDecl()->getDeclContext()->getRedeclContext()->isTranslationUnit() ||
            isa<ClassTemplateSpecializationDecl>(record->getDecl()))
            continue;
        const RecordDecl *decl = record->getDecl();
        std::string name = (decl->getKindName() + " " + decl->getName()).str();
        UnknownName *tag = add(UnknownName::Tag, name, place_of(error));
        if (tag)
            member_of_scalar(error, tag->shape);
        return true;
    }
    return false;
}

/* A constant is needed where a variable was declared. */
void Unknowns::no_constant(const Diagnostic &error)
{
    each_word(marked_text(error), [&](StringRef word) {
        UnknownName *n = known(word);
        if (n && n->kind == UnknownName::Variable && !n->used_as_variable && n->shape->form == Shape::Scalar)
            change(*n, UnknownName::Constant);
    });
}

/* A variable is needed where a constant was declared. */
void Unknowns::no_variable(const Diagnostic &error)
{
    each_word(marked_text(error), [&](StringRef word) {
        UnknownName *n = known(word);
        if (n && n->kind == UnknownName::Constant) {
            n->used_as_variable = true;
            change(*n, UnknownName::Variable);
        }
    });
}

void Unknowns::declared_later(const Diagnostic &error)
{
    StringRef name = name_argument(error);
    if (name.empty()) { /* of a typedef, only the types are told */
        name = first_word(context_of(error).after);
    }
    ban(name);
    for (const char *kind : { "struct ", "union ", "class " })
        ban((kind + name).str());
}

/* A function's definition and TYPE name; do not agree: TYPE is a function type. */
void Unknowns::defined_differently(const Diagnostic &note)
{
    UnknownName *type = known(last_word(context_of(note).before));
    if (type && type->kind == UnknownName::Type)
        routine(type->shape);
}

/* C++ converts no pointers to numbers, so what is not a pointer yet becomes one; and then something that converts. */
bool Unknowns::converted(const Diagnostic &error)
{
    Shape *shape = nullptr;
    bool pointer = false;
    for (unsigned i = 0; i < error.getNumArgs(); ++i) {
        QualType type = type_argument(error, i);
        if (type.isNull())
            continue;
        if (Shape *s = type->isPointerType() ? nullptr : shape_of(type))
            shape = s;
        else
            pointer = pointer || type->isPointerType() || type->isNullPtrType();
    }
    if (!lang_is_cxx_ || !shape)
        return false;
    if (pointer && shape->form == Shape::Scalar) {
        pointee(shape);
        shape->guessed = true;
        return true;
    }
    bool scalar = shape->form == Shape::Scalar || (shape->form == Shape::Pointer && shape->guessed);
    if ((scalar || shape->form == Shape::Record) && !shape->rich) {
        shape->form = Shape::Record;
        shape->rich = changed_ = true;
    }
    return true;
}

/* A template that was taken for one of types gets a value. */
bool Unknowns::value_argument(const Diagnostic &error)
{
    StringRef before = context_of(error).before;
    before = before.take_front(std::min(before.rfind('<'), before.size()));
    StringRef name = last_word(before);
    for (UnknownName &n : names_)
        if (n.kind == UnknownName::Template && !n.takes_values &&
            (n.name == name || ends_with(StringRef(n.name), ("::" + name).str()))) {
            n.takes_values = changed_ = true;
            return true;
        }
    return false;
}

/* What a range-based for goes through has a begin and an end. */
bool Unknowns::iterated(const Diagnostic &error)
{
    for (unsigned i = 0; i < error.getNumArgs(); ++i) {
        Shape *shape = shape_of(type_argument(error, i));
        if (!shape)
            continue;
        Shape *begin = member(shape, "begin"), *end = begin ? member(shape, "end") : nullptr;
        if (!end || !result(begin))
            return true;
        pointee(begin->target);
        end->form = Shape::Function;
        end->target = begin->target;
        return true;
    }
    return false;
}

/* A type where a value must be: the call that it stands in is a macro's, or it is no type. */
bool Unknowns::type_in_expression(const Diagnostic &error)
{
    if (macro_arguments(error))
        return true;
    UnknownName *n = known(name_argument(error));
    if (!n || n->kind != UnknownName::Type || n->shape->form != Shape::Scalar || n->used_as_variable)
        return false;
    n->used_as_variable = true;
    change(*n, is_capitals(n->name) ? UnknownName::Constant : UnknownName::Variable);
    return true;
}

/* Something between the brackets is no expression, so the name before them is a macro's. */
bool Unknowns::macro_arguments(const Diagnostic &error)
{
    if (error.getLocation().isMacroID())
        return false;
    SourceContext context = context_of(error);
    StringRef head = before_open_bracket(context.before);
    StringRef name = last_word(head);
    if (name.empty() || starts_with(name, "__builtin"))
        return false;
    UnknownName *n = known(name);
    bool block = starts_with(context.after, "{") && ends_with(drop_blanks(context.before), "(");
    if (n && block && n->kind != UnknownName::BlockMacro) {
        change(*n, UnknownName::BlockMacro);
        return true;
    }
    if (n &&
        (n->kind == UnknownName::Function || n->kind == UnknownName::Constant || n->kind == UnknownName::Variable)) {
        change(*n, UnknownName::Macro);
        return true;
    }
    if (n || !is_capitals(name))
        return false;
    head = drop_blanks(head.drop_back(name.size()));
    bool outside = head.size() == context.before.size() || head.empty() || ends_with(head, ";") || ends_with(head, "}");
    StringRef line = context.before.take_front(name.end() - context.before.begin());
    bool at_margin = line.substr(line.rfind('\n') + 1) == name;
    if (outside && at_margin) {
        add(UnknownName::AnnotationWithArguments, name, place_of(error));
        return true;
    }
    StringRef word = first_word(skip_blanks(context.after));
    if (block) {
        add(UnknownName::BlockMacro, name, place_of(error));
        return true;
    }
    static const StringRef types[] = { "struct", "union", "enum",     "void",   "int",   "char",
                                       "short",  "long",  "unsigned", "signed", "const", "volatile" };
    if (error.getID() == diag::err_unexpected_typedef || llvm::is_contained(types, word)) {
        add(UnknownName::Macro, name, place_of(error));
        return true;
    }
    return false;
}

/* The parser stopped at, or behind, a word that means nothing to the language: what it stands for expands to nothing.
 */
bool Unknowns::stray_word(const Diagnostic &error)
{
    if (error.getLocation().isMacroID())
        return false;
    SourceContext context = context_of(error);
    StringRef before = drop_blanks(context.before), after = skip_blanks(context.after);
    StringRef word = first_word(after), behind = skip_blanks(after.drop_front(word.size()));
    auto margin = [&](StringRef name) {
        StringRef line = context.before.take_front(name.begin() - context.before.begin());
        return line.empty() || ends_with(line, "\n");
    };
    auto is_record = [](StringRef w) { return w == "struct" || w == "union" || w == "class" || w == "enum"; };
    auto nothing = [&](StringRef name, bool arguments) {
        if (!is_capitals(name) || is_record(name) || known(name))
            return false;
        add(arguments ? UnknownName::AnnotationWithArguments : UnknownName::Annotation, name, place_of(error));
        return true;
    };
    if (before.empty())
        return false;
    /* NAME(arguments) on a line of its own, outside of functions, and no semicolon */
    if (ends_with(before, ")")) {
        StringRef head = before_bracket(before), name = last_word(head);
        bool ends_line = context.before.drop_front(before.size()).contains('\n');
        if (!name.empty() && ends_line && margin(name) && nothing(name, true))
            return true;
    }
    /* struct NAME(arguments) tag */
    if (ends_with(before, "(")) {
        StringRef name = last_word(before.drop_back());
        if (!name.empty() && is_record(last_word(drop_blanks(before.drop_back()).drop_back(name.size()))))
            return nothing(name, true);
    }
    /* struct NAME tag { */
    if (starts_with(after, "{")) {
        StringRef tag = last_word(before), rest = drop_blanks(before.drop_back(tag.size()));
        StringRef name = last_word(rest);
        if (!tag.empty() && !name.empty() && is_record(last_word(drop_blanks(rest.drop_back(name.size())))))
            return nothing(name, false);
    }
    /* } NAME variable; */
    if (ends_with(before, "}") && !word.empty() && !first_word(behind).empty())
        return nothing(word, false);
    /* declarator NAME; declarator NAME(arguments); head(parameters) NAME { */
    if (!word.empty() && (ends_with(before, ")") || ends_with(before, "]") || !last_word(before).empty())) {
        bool arguments = starts_with(behind, "(");
        StringRef end = arguments ? skip_blanks(after_bracket(behind)) : behind;
        if (starts_with(end, ";") || starts_with(end, "{") || starts_with(end, "=") || starts_with(end, ",") ||
            !first_word(end).empty())
            return nothing(word, arguments);
    }
    return false;
}

/* The words and stars of a type's name. */
static bool is_type_name(StringRef text)
{
    bool word = false;
    for (char c : text) {
        if (!isAsciiIdentifierContinue(c) && c != ' ' && c != '\t' && c != '*')
            return false;
        word = word || isAsciiIdentifierStart(c);
    }
    return word;
}

void Unknowns::address_of_cast(const Diagnostic &error)
{
    if (lang_is_cxx_ || error.getLocation().isMacroID())
        return;
    const SourceManager &sm = error.getSourceManager();
    SourceContext context(sm, error.getLocation());
    StringRef text = context.after;
    if (!text.consume_front("&"))
        return;
    while (starts_with(text = skip_blanks(text), "(")) {
        StringRef behind = after_bracket(text);
        size_t length = behind.begin() - text.begin();
        StringRef operand = skip_blanks(behind);
        if (length > 2 && is_type_name(text.substr(1, length - 2)) &&
            (starts_with(operand, "(") || starts_with(operand, "*") || !first_word(operand).empty())) {
            auto [file, offset] = sm.getDecomposedLoc(error.getLocation());
            if (OptionalFileEntryRef entry = sm.getFileEntryRefForID(file)) {
                size_t skipped = text.begin() - context.after.begin();
                casts_.push_back({ entry->getName().str(), offset + skipped, length });
                changed_ = true;
            }
            return;
        }
        text = text.drop_front();
    }
}

void Unknowns::placement_new()
{
    if (llvm::is_contained(headers_, "new"))
        return;
    headers_.push_back("new");
    changed_ = true;
}

/* Macros that are whole statements have no semicolon behind them, and some have a block. */
bool Unknowns::missing_semicolon(const Diagnostic &error)
{
    if (error.getLocation().isMacroID())
        return false;
    SourceContext context = context_of(error);
    StringRef before = drop_blanks(context.before), after = context.after;
    if (ends_with(before, ")")) {
        StringRef head = before_bracket(before), name = last_word(head);
        StringRef place = drop_blanks(head.drop_back(name.size()));
        if (name.empty())
            return false;
        UnknownName *n = known(name);
        bool statement = place.empty() || StringRef(";{}:)").contains(place.back());
        if (starts_with(skip_blanks(after), "{") && statement) {
            if (n && n->kind != UnknownName::Loop)
                change(*n, UnknownName::Loop);
            else if (!n)
                add(UnknownName::Loop, name, place_of(error));
            return true;
        }
        StringRef blanks = after.take_front(after.size() - after.ltrim().size());
        return n || (statement && blanks.contains('\n'));
    }
    return known(last_word(before)) != nullptr;
}

bool Unknowns::learn(const Diagnostic &error)
{
    if (!error.hasSourceManager() || error.getLocation().isInvalid())
        return false;
    unsigned id = error.getID();
    redefined_ = false;
    switch (id) {
    case diag::err_undeclared_var_use:
    case diag::err_undeclared_var_use_suggest:
        undeclared(name_argument(error), error, false);
        return false;
    case diag::err_unknown_typename:
    case diag::err_unknown_typename_suggest:
    case diag::err_no_template:
        undeclared(name_argument(error), error, true);
        return false;
    case diag::err_expected_class_name:
        undeclared(first_word(context_of(error).after), error, true);
        return false;
    case diag::err_typecheck_member_reference_struct_union:
        return member_of_scalar(error, shape_of(type_argument(error, 0)));
    case diag::err_typecheck_member_reference_arrow: {
        Shape *shape = shape_of(type_argument(error, 0));
        return member_of_scalar(error, shape ? pointee(shape) : nullptr);
    }
    case diag::err_no_member:
    case diag::err_no_member_suggest:
    case diag::err_no_member_template:
    case diag::err_typename_nested_not_found:
    case diag::err_field_designator_unknown:
    case diag::err_field_designator_unknown_suggest:
        return missing_member(error);
    case diag::err_field_designator_non_aggr: {
        Shape *shape = shape_of(type_argument(error, 1));
        StringRef text = context_of(error).after;
        if (shape && text.consume_front("."))
            member(shape, first_word(skip_blanks(text)));
        return shape != nullptr;
    }
    case diag::err_designated_init_for_non_aggregate:
    case diag::err_init_non_aggr_init_list: {
        Shape *shape = shape_of(type_argument(error, 0));
        StringRef text = skip_blanks(context_of(error).after);
        if (!shape)
            return false;
        if (text.consume_front("{") && (text = skip_blanks(text)).consume_front("."))
            member(shape, first_word(skip_blanks(text)));
        else
            member(shape, "nmrcheck_first");
        return true;
    }
    case diag::err_typecheck_call_not_function:
        if (QualType type = type_argument(error, 0); !type.isNull() && type->isPointerType())
            if (Shape *shape = shape_of(type->getPointeeType()))
                routine(shape);
        if (Shape *shape = shape_of(type_argument(error, 0))) {
            result(shape);
            return true;
        }
        return false;
    case diag::err_typecheck_indirection_requires_pointer:
    case diag::err_typecheck_indirection_through_void_pointer_cpp:
        if (Shape *shape = shape_of(type_argument(error, 0))) {
            pointee(shape);
            return true;
        }
        return false;
    case diag::err_typecheck_subscript_value: {
        StringRef text = marked_text(error);
        if (ends_with(text, "["))
            text = text.drop_back();
        if (UnknownName *n = known(last_word(text)); n && n->kind == UnknownName::Constant) {
            n->used_as_variable = true;
            change(*n, UnknownName::Variable);
            pointee(n->shape);
            return true;
        } else if (n && n->shape) {
            pointee(n->shape);
            return true;
        }
        return false;
    }
    case diag::err_need_header_before_placement_new:
        placement_new();
        return false;
    case diag::err_tentative_def_incomplete_type:
    case diag::err_typecheck_incomplete_tag:
    case diag::err_typecheck_decl_incomplete_type:
    case diag::err_incomplete_type:
    case diag::err_incomplete_member_access:
    case diag::err_dereference_incomplete_type:
    case diag::err_field_incomplete_or_sizeless:
    case diag::err_func_def_incomplete_result:
    case diag::err_sizeof_alignof_incomplete_or_sizeless_type:
    case diag::err_subscript_incomplete_or_sizeless_type:
    case diag::err_typecheck_arithmetic_incomplete_or_sizeless_type:
    case diag::err_array_incomplete_or_sizeless_type:
    case diag::err_call_incomplete_argument:
    case diag::err_call_incomplete_return:
    case diag::err_call_function_incomplete_return:
    case diag::err_offsetof_incomplete_type:
    case diag::err_typecheck_incomplete_type_not_modifiable_lvalue:
    case diag::err_incomplete_base_class:
    case diag::err_incomplete_nested_name_spec:
        return incomplete(error);
    case diag::err_offsetof_record_type:
        if (Shape *shape = shape_of(type_argument(error, 0))) {
            member(shape, "nmrcheck_first");
            return true;
        }
        return false;
    case diag::err_expr_not_ice:
    case diag::err_init_element_not_constant:
    case diag::err_vla_decl_in_file_scope:
    case diag::err_vm_decl_in_file_scope:
    case diag::err_variable_object_no_init:
        no_constant(error);
        return false;
    case diag::err_typecheck_expression_not_modifiable_lvalue:
    case diag::err_typecheck_invalid_lvalue_addrof:
        address_of_cast(error);
        no_variable(error);
        return false;
    case diag::err_redefinition_different_kind:
    case diag::err_redefinition_different_typedef:
    case diag::err_redefinition_different_type:
    case diag::err_redefinition_of_enumerator:
    case diag::err_redefinition:
    case diag::err_conflicting_types:
        redefined_ = id == diag::err_redefinition_different_kind;
        declared_later(error);
        return false;
    case diag::err_unexpected_typedef:
    case diag::err_unexpected_typedef_ident:
        return type_in_expression(error);
    case diag::err_for_range_invalid:
        return iterated(error);
    case diag::err_template_arg_must_be_type:
        return value_argument(error);
    case diag::err_expected_semi_after_expr:
    case diag::err_expected_semi_after_stmt:
        return missing_semicolon(error);
    case diag::err_expected_expression:
    case diag::err_expected_type:
    case diag::err_expected:
    case diag::err_expected_either:
    case diag::err_expected_after:
    case diag::err_param_redefinition:
        if (!macro_arguments(error))
            stray_word(error);
        return false;
    case diag::err_missing_type_specifier:
        function_without_type(first_word(context_of(error).after),
                              context_of(error).after.drop_front(first_word(context_of(error).after).size()),
                              place_of(error));
        return false;
    default:
        converted(error);
        if (is_parse_error(id))
            stray_word(error);
        return false;
    }
}

void Unknowns::learn_from_note(const Diagnostic &note)
{
    if (redefined_ && note.hasSourceManager() && note.getLocation().isValid())
        defined_differently(note);
    redefined_ = false;
}

} // namespace nc
