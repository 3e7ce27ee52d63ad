#include "frontend/unknowns.h"

#include "llvm/ADT/StringExtras.h"

#include "frontend/compat.h"
#include "frontend/embedded_headers.h"
#include "frontend/source_context.h"

using llvm::StringRef;

namespace nc
{

namespace
{

const size_t name_limit = 2000;
const unsigned shape_depth = 8;
/* Bytes behind each made-up member, since its real type may be larger; what lies there then is no other member's. */
const unsigned member_room = 56;
/* Made-up enumerators have numbers that no others have. */
const unsigned first_constant = 0x51000000;

/* What a template has that nothing told otherwise of. */
std::string container_members(const Shape &shape)
{
    std::string text;
    for (const char *name : { "begin", "end", "data", "get", "size", "empty" })
        if (llvm::none_of(shape.members, [&](const auto &member) { return member.first == name; }))
            text += std::string("    ") +
                    (*name == 's'             ? "unsigned long long "
                     : !strcmp(name, "empty") ? "bool "
                                              : "T *") +
                    name + "() const;\n";
    return text;
}

/* Conversions and operators of a class of which nothing but its use is known. */
std::string rich_members(const std::string &name)
{
    std::string text = "    " + name + "() = default; " + name + "(const " + name + " &) = default; " + name + "(" +
                       name + " &) = default; " + name + "(" + name + " &&) = default; " + name + " &operator=(const " +
                       name + " &) = default;\n    template <class A, class... B> " + name +
                       "(A &&, B &&...); template <class A> " + name +
                       " &operator=(A &&); template <class A> operator A() const;\n";
    for (const char *op : { "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "+=", "-=", "|=", "&=", "<<=", ">>=" })
        text += "    template <class A> " + name + " &operator" + op + "(A &&) const;\n";
    for (const char *op : { "==", "!=", "<", ">", "<=", ">=" })
        text += std::string("    template <class A> bool operator") + op + "(A &&) const;\n";
    return text + "    bool operator!() const; " + name + " *operator->() const; " + name +
           " &operator*() const; template <class I> " + name + " &operator[](I &&) const; " + name +
           " &operator++(); " + name + " &operator--();\n";
}

/* The header of the model that declares the name, or null. */
const char *header_with(StringRef name)
{
    const nc_embedded_name *end = nc_embedded_names + nc_embedded_name_count;
    const nc_embedded_name *at =
        std::lower_bound(nc_embedded_names, end, name,
                         [](const nc_embedded_name &n, StringRef wanted) { return wanted.compare(n.name) > 0; });
    return at != end && name == at->name ? at->header : nullptr;
}

} // namespace

const UnknownName *Unknowns::find(StringRef name) const
{
    auto at = by_name_.find(name);
    return at == by_name_.end() ? nullptr : at->second;
}

UnknownName *Unknowns::known(StringRef name)
{
    auto at = by_name_.find(name);
    return at == by_name_.end() ? nullptr : at->second;
}

Shape *Unknowns::new_shape()
{
    shapes_.emplace_back();
    Shape &shape = shapes_.back();
    shape.alias = "nmrcheck_made_" + std::to_string(shapes_.size());
    by_alias_[shape.alias] = &shape;
    by_alias_[shape.alias + "_record"] = &shape;
    return &shape;
}

UnknownName *Unknowns::add(UnknownName::Kind kind, StringRef name, std::string where)
{
    if (banned_.contains(name) || names_.size() >= name_limit)
        return nullptr;
    auto [at, fresh] = by_name_.try_emplace(name);
    if (!fresh)
        return nullptr;
    changed_ = true;
    if (read_headers_ && !from_headers_.contains(name)) {
        if (const char *header = header_with(name.substr(starts_with(name, "struct ") ? 7 : 0))) {
            if (!llvm::is_contained(headers_, header))
                headers_.push_back(header);
            from_headers_.insert(name);
            by_name_.erase(at);
            return nullptr; /* if that header does not help, the name will be unknown once more */
        }
    }
    names_.emplace_back();
    UnknownName &n = names_.back();
    n.name = name.str();
    n.where = std::move(where);
    at->second = &n;
    change(n, kind);
    return &n;
}

void Unknowns::change(UnknownName &n, UnknownName::Kind kind)
{
    changed_ = true;
    n.kind = kind;
    bool typed = kind == UnknownName::Variable || kind == UnknownName::Function || kind == UnknownName::Type ||
                 kind == UnknownName::Tag || kind == UnknownName::Template || kind == UnknownName::FunctionTemplate;
    if (typed && !n.shape) {
        n.shape = new_shape();
        if (kind == UnknownName::Type) {
            by_alias_[n.name] = n.shape;
            /* ... unless its pointer type came first. */

            if (const UnknownName *pointer = find("P" + n.name);
                pointer && pointer->kind == UnknownName::Type && pointer->shape->form == Shape::Pointer) {
                n.shape = pointer->shape->target;
                by_alias_[n.name] = n.shape;
            }
        } else if (kind == UnknownName::Tag || kind == UnknownName::Template) {
            n.shape->form = Shape::Record;
        }
    }
}

/* By their names, pointers are told from the rest: PNAME is one if the file has words like NAME. */
void Unknowns::guess_pointer(UnknownName &n, StringRef text)
{
    StringRef pointee = n.name;
    if (!pointee.consume_front("P") || !is_capitals(n.name) || pointee.size() < 2 || n.shape->form != Shape::Scalar)
        return;
    auto begins_a_word = [&](StringRef part) {
        for (size_t at = text.find(part); at != StringRef::npos; at = text.find(part, at + 1))
            if (at == 0 ||
                !(llvm::isAlnum(text[at - 1]) || (text[at - 1] == '_' && at > 1 && llvm::isAlnum(text[at - 2]))))
                return true;
        return false;
    };
    size_t underscore = pointee.find('_');
    StringRef project = StringRef(n.name).take_front(underscore == StringRef::npos ? n.name.size() : underscore + 2);
    unsigned relatives = 0;
    for (const UnknownName &other : names_)
        relatives += starts_with(StringRef(other.name), project);
    if (!begins_a_word(pointee.take_front(underscore)) && relatives > 2)
        return;
    const UnknownName *target = find(pointee);
    n.shape->form = Shape::Pointer;
    n.shape->guessed = true;
    n.shape->target = target && target->kind == UnknownName::Type ? target->shape : new_shape();
}

void Unknowns::ban(StringRef name)
{
    auto at = by_name_.find(name);
    if (at == by_name_.end())
        return;
    for (auto n = names_.begin(); n != names_.end(); ++n)
        if (n->name == name)
            n->kind = UnknownName::Declared;
    by_name_.erase(at);
    banned_.insert(name);
    changed_ = true;
}

void Unknowns::without_headers()
{
    read_headers_ = false;
    if (!headers_.empty())
        changed_ = true;
    headers_.clear();
}

void Unknowns::annotation(StringRef name, bool arguments, std::string where)
{
    add(arguments ? UnknownName::AnnotationWithArguments : UnknownName::Annotation, name, std::move(where));
}

void Unknowns::function_without_type(StringRef name, StringRef after, std::string where)
{
    after = skip_blanks(after);
    if (!starts_with(after, "(") || !is_capitals(name) || find(name))
        return;
    StringRef behind = skip_blanks(after_bracket(after));
    bool head = starts_with(behind, "{");
    StringRef next = first_word(behind);
    bool type = !next.empty() && starts_with(skip_blanks(behind.drop_front(next.size())), "(");
    bool named = !first_word(skip_blanks(after.drop_front())).empty();
    add(head   ? named ? UnknownName::FunctionHead : UnknownName::NamelessHead
        : type ? UnknownName::TypeMacro
               : UnknownName::AnnotationWithArguments,
        name, std::move(where));
}

Shape *Unknowns::pointee(Shape *shape)
{
    if (shape->form == Shape::Scalar) {
        shape->form = Shape::Pointer;
        changed_ = true;
    }
    if (shape->form != Shape::Pointer)
        return nullptr;
    if (!shape->target)
        shape->target = new_shape();
    return shape->target;
}

Shape *Unknowns::result(Shape *shape)
{
    if (shape->form == Shape::Routine)
        return shape->target;
    if (shape->form == Shape::Scalar || (shape->form == Shape::Pointer && shape->guessed)) {
        shape->form = Shape::Function;
        shape->guessed = false;
        shape->target = new_shape();
        changed_ = true;
    }
    return shape->form == Shape::Function ? shape->target : nullptr;
}

/* A function type: T name; declares a function. */
void Unknowns::routine(Shape *shape)
{
    if (shape->form != Shape::Scalar)
        return;
    shape->form = Shape::Routine;
    shape->target = new_shape();
    changed_ = true;
}

Shape *Unknowns::member(Shape *record, StringRef name)
{
    if (name.empty() || shapes_.size() > 20 * name_limit)
        return nullptr;
    if (record->form == Shape::Scalar || (record->form == Shape::Pointer && record->guessed)) {
        record->form = Shape::Record;
        record->guessed = false;
        changed_ = true;
    }
    if (record->form != Shape::Record)
        return nullptr;
    for (auto &[known, shape] : record->members)
        if (known == name)
            return shape;
    changed_ = true;
    record->members.push_back({ name.str(), new_shape() });
    return record->members.back().second;
}

/* What the text after an expression of that shape does with it. */
void Unknowns::follow(Shape *shape, StringRef text)
{
    for (unsigned depth = 0; shape && depth < shape_depth; ++depth) {
        text = skip_blanks(text);
        if (text.consume_front("->")) {
            shape = pointee(shape);
            text = skip_blanks(text);
            StringRef name = first_word(text);
            shape = shape ? member(shape, name) : nullptr;
            text = text.drop_front(name.size());
        } else if (starts_with(text, ".") && !starts_with(text, "..")) {
            text = skip_blanks(text.drop_front());
            StringRef name = first_word(text);
            shape = member(shape, name);
            text = text.drop_front(name.size());
        } else if (starts_with(text, "[")) {
            text = after_bracket(text);
            shape = pointee(shape);
        } else if (starts_with(text, "(")) {
            text = after_bracket(text);
            shape = result(shape);
        } else {
            return;
        }
    }
}

void Unknowns::declare(std::string &text, const Shape *shape, llvm::StringSet<> &done)
{
    if (!done.insert(shape->alias).second)
        return;
    const std::string &name = shape->alias;
    if (shape->target)
        declare(text, shape->target, done);
    for (auto &[member_name, member_shape] : shape->members)
        declare(text, member_shape, done);
    switch (shape->form) {
    case Shape::Scalar:
        text += "typedef long long " + name + ";\n";
        break;
    case Shape::Pointer:
        if (shape->target)
            text += "typedef " + shape->target->alias + " *" + name + ";\n";
        else
            text += "typedef void *" + name + ";\n";
        break;
    case Shape::Function:
        text += "typedef " + shape->target->alias + " (*" + name + ")(NMRCHECK_ANY);\n";
        break;
    case Shape::Routine:
        text += "typedef " + shape->target->alias + " " + name + "(NMRCHECK_ANY);\n";
        break;
    case Shape::Record:
        text += "typedef struct " + name + "_record {\n" + (shape->rich ? rich_members(name + "_record") : "") +
                members_of(*shape) + "} " + name + ";\n";
        break;
    }
}

/* What an annotation hid was not undeclared: annotations first. */
void Unknowns::annotations_first()
{
    auto is_annotation = [](const UnknownName &n) {
        return n.kind == UnknownName::Annotation || n.kind == UnknownName::AnnotationWithArguments;
    };
    auto fresh = names_.begin() + (ptrdiff_t)settled_;
    if (std::any_of(fresh, names_.end(), is_annotation)) {
        for (auto n = fresh; n != names_.end(); ++n)
            if (!is_annotation(*n) && n->kind != UnknownName::Declared) {
                by_name_.erase(n->name);
                n->kind = UnknownName::Declared;
            }
    }
    settled_ = names_.size();
}

std::string Unknowns::declarations()
{
    changed_ = false;
    annotations_first();
    std::string text = "#pragma GCC system_header\n";
    for (const std::string &header : headers_)
        text += "#include <" + header + ">\n";
    text += "#ifdef __cplusplus\n#define NMRCHECK_ANY ...\n#define NMRCHECK_C extern \"C\"\n"
            "#else\n#define NMRCHECK_ANY\n#define NMRCHECK_C extern\n#endif\n"
            "#define NMRCHECK_JOIN_(a, b) a##b\n#define NMRCHECK_JOIN(a, b) NMRCHECK_JOIN_(a, b)\n"
            "NMRCHECK_C long long nmrcheck_unknown(NMRCHECK_ANY);\n";
    llvm::StringSet<> done;
    unsigned constants = 0;
    for (const UnknownName &n : names_)
        if (n.kind != UnknownName::Declared)
            declare(text, n, constants, done);
    return text;
}

/* One line of members with room behind each. */
std::string Unknowns::members_of(const Shape &shape)
{
    std::string text;
    unsigned n = 0;
    for (auto &[name, type] : shape.members)
        text += "    " + type->alias + " " + name + "; char nmrcheck_room_" + std::to_string(n++) + "[" +
                std::to_string(member_room) + "];\n";
    return text + "    long long nmrcheck_rest[8];\n";
}

void Unknowns::declare(std::string &text, const UnknownName &n, unsigned &constants, llvm::StringSet<> &done)
{
    /* In namespaces: what is around the declaration. */
    llvm::SmallVector<StringRef, 4> parts;
    StringRef(n.name).split(parts, "::");
    std::string name = parts.pop_back_val().str(), line;
    std::string linkage = parts.empty() ? "NMRCHECK_C " : "extern ";
    bool whole = n.kind == UnknownName::Tag || n.kind == UnknownName::Template;
    if (n.shape && whole) {
        for (auto &[member, shape] : n.shape->members)
            declare(text, shape, done);
    } else if (n.shape) {
        declare(text, n.shape, done);
    }
    switch (n.kind) {
    case UnknownName::Constant:
        /* Different, so that they can label the cases of one switch. */
        line = "enum { " + name + " = " + std::to_string(first_constant + constants++) + " };\n";
        break;
    case UnknownName::Variable:
        line = linkage + n.shape->alias + " " + name + ";\n";
        break;
    case UnknownName::Function:
        line = linkage + n.shape->alias + " " + name + "(NMRCHECK_ANY);\n";
        break;
    case UnknownName::Type:
        line = "typedef " + n.shape->alias + " " + name + ";\n";
        break;
    case UnknownName::Tag:
        line = name + " {\n" + members_of(*n.shape) + "};\n";
        break;
    case UnknownName::Template:
        /* A container, a smart pointer: its first argument is what is in it. */
        line = "template <class T = long long, " + std::string(n.takes_values ? "auto..." : "class...") + "> struct " +
               name + " {\n    template <class... A> " + name +
               "(A &&...); T *operator->() const; T &operator*() const;\n"
               "    template <class I> T &operator[](I &&) const; explicit operator bool() const;\n" +
               container_members(*n.shape) + members_of(*n.shape) + "};\n";
        break;
    case UnknownName::FunctionTemplate:
        line = "template <class... T, class... A> " + n.shape->alias + " " + name + "(A &&...);\n";
        break;
    case UnknownName::Namespace:
        line = "namespace " + name + " {}\n";
        break;
    case UnknownName::Macro:
        text += "#define " + name + "(...) nmrcheck_unknown()\n";
        return;
    case UnknownName::BlockMacro:
        text += "#define " + name + "(...) ({ __VA_ARGS__ })\n";
        return;
    case UnknownName::Loop:
        text += "#define " + name + "(...) while (nmrcheck_unknown(__VA_ARGS__))\n";
        return;
    case UnknownName::FunctionHead:
        /* Called with fewer arguments, the rest of the parameters is nameless, which C2x allows. */
        text += "#define NMRCHECK_HEAD_" + name + "(a, b, c, d, ...) long long a(void *b, void *c, void *d)\n#define " +
                name + "(...) NMRCHECK_HEAD_" + name + "(__VA_ARGS__, nmrcheck_2, nmrcheck_3, nmrcheck_4)\n";
        return;
    case UnknownName::NamelessHead:
        text += "#define " + name + "(...) static void NMRCHECK_JOIN(nmrcheck_body_, __COUNTER__)(void)\n";
        return;
    case UnknownName::TypeMacro:
        text += "#define " + name + "(...) long long\n";
        return;
    case UnknownName::Annotation:
        text += "#define " + name + "\n";
        return;
    case UnknownName::AnnotationWithArguments:
        text += "#define " + name + "(...)\n";
        return;
    case UnknownName::Declared:
        return;
    }
    for (StringRef part : parts)
        text += ("namespace " + part + " { ").str();
    text += line;
    for (size_t i = 0; i < parts.size(); ++i)
        text += "}\n";
}

} // namespace nc
