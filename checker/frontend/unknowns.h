/*
 * What the sources use and nothing declares, since the header that does is not there. Clang leaves statements with such
 * a name out of its AST, so the names get declarations and the file is parsed again; what they are is learned from how
 * they are used, parse after parse: a value, a function, a macro, a type, and what members the type has.
 *
 * Nothing made up here is a fact about the driver: sizes and constants of it are unknown values (see
 * Translation::made_up).
 */
#ifndef NC_FRONTEND_UNKNOWNS_H
#define NC_FRONTEND_UNKNOWNS_H

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "clang/AST/Type.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

namespace nc
{

/* What is known of a type that nothing declares. */
struct Shape {
    enum Form {
        Scalar,
        Record,
        Pointer,
        Function /* a pointer to one */,
        Routine /* the function itself */
    } form = Scalar;
    bool rich = false;    /* Record, in C++: converts from anything, has every operator */
    bool guessed = false; /* Pointer, by the name or one conversion alone */
    std::string alias;    /* the typedef that stands for it */
    std::vector<std::pair<std::string, Shape *>> members; /* Record */
    Shape *target = nullptr;                              /* Pointer: to this; Function, Routine: returns this */
};

struct UnknownName {
    enum Kind {
        Constant,     /* a value that may stand where a constant must */
        Variable,     /* `shape` is its type */
        Function,     /* returns `shape` */
        Macro,        /* with arguments that are no expressions; an unknown value */
        BlockMacro,   /* its argument is a block */
        Loop,         /* a macro that a block follows */
        FunctionHead, /* a macro that a function's body follows: (name, parameters) */
        NamelessHead, /* ... without the name */
        TypeMacro,    /* a macro that the name of a function follows */
        Type,         /* `shape` */
        Tag,          /* struct `name`: `shape` */
        Template,     /* a class template */
        FunctionTemplate,
        Namespace,
        Annotation, /* expands to nothing */
        AnnotationWithArguments,
        Declared /* after all: the sources have a declaration further down */
    } kind;
    std::string name;
    std::string where; /* file:line of the first use */
    Shape *shape = nullptr;
    bool used_as_variable = false; /* no constant any more, whatever its name looks like */
    bool takes_values = false;     /* Template: its later arguments are values */
};

class Unknowns
{
  public:
    explicit Unknowns(bool cxx) : lang_is_cxx_(cxx) {}
    /* Learns from an error of the parser or of the semantic analysis. True if the error is due to something that is
     * made up here and costs no code. */
    bool learn(const clang::Diagnostic &error);
    /* ... and from a note to the last error. */
    void learn_from_note(const clang::Diagnostic &note);
    /* In C, a macro that nothing defines can look like a function's head. `after` is the text behind its name. */
    void function_without_type(llvm::StringRef name, llvm::StringRef after, std::string where);
    /* A word that stands where only an annotation can. */
    void annotation(llvm::StringRef name, bool arguments, std::string where);

    /* Whether something was learned since the last call of declarations(). */
    bool changed() const { return changed_; }
    bool empty() const { return names_.empty() && headers_.empty(); }
    /* C or C++ text that declares all of them. */
    std::string declarations();

    const std::deque<UnknownName> &names() const { return names_; }
    const UnknownName *find(llvm::StringRef name) const;
    /* Headers of the model that are read first, since they declare what was missing. */
    const std::vector<std::string> &headers() const { return headers_; }
    /* Reads no headers on its own any more: they did not agree with the driver's. */
    void without_headers();

    /* A cast whose result Microsoft's C takes for the object itself, where standard C needs an object: &(LONG)x. It is
     * to go. */
    struct Cast {
        std::string file;
        size_t offset, length;
    };
    std::vector<Cast> take_casts() { return std::exchange(casts_, {}); }

  private:
    bool lang_is_cxx_;
    std::vector<Cast> casts_;
    std::deque<UnknownName> names_;
    llvm::StringMap<UnknownName *> by_name_;
    std::deque<Shape> shapes_;
    llvm::StringMap<Shape *> by_alias_; /* names of typedefs and tags */
    llvm::StringSet<> banned_;          /* declared after all */
    std::vector<std::string> headers_;
    llvm::StringSet<> from_headers_; /* names that made us read one */
    bool read_headers_ = true;
    bool changed_ = false;
    size_t settled_ = 0;     /* names that were declared before */
    bool redefined_ = false; /* the last error: a name is declared as another kind of thing */

    void annotations_first();
    Shape *new_shape();
    UnknownName *add(UnknownName::Kind kind, llvm::StringRef name, std::string where);
    UnknownName *known(llvm::StringRef name);
    void change(UnknownName &name, UnknownName::Kind kind);
    void ban(llvm::StringRef name);
    void guess_pointer(UnknownName &name, llvm::StringRef text);
    Shape *shape_of(clang::QualType type);
    Shape *member(Shape *record, llvm::StringRef name);
    Shape *pointee(Shape *pointer);
    Shape *result(Shape *function);
    void routine(Shape *shape);
    void follow(Shape *shape, llvm::StringRef text);

    /* unknown_learning.cpp */
    void undeclared(llvm::StringRef name, const clang::Diagnostic &error, bool as_type);
    bool member_of_scalar(const clang::Diagnostic &error, Shape *shape);
    bool missing_member(const clang::Diagnostic &error);
    bool incomplete(const clang::Diagnostic &error);
    void no_constant(const clang::Diagnostic &error);
    void no_variable(const clang::Diagnostic &error);
    void declared_later(const clang::Diagnostic &error);
    void defined_differently(const clang::Diagnostic &note);
    bool converted(const clang::Diagnostic &error);
    bool value_argument(const clang::Diagnostic &error);
    bool iterated(const clang::Diagnostic &error);
    bool type_in_expression(const clang::Diagnostic &error);
    bool stray_word(const clang::Diagnostic &error);
    void placement_new();
    void address_of_cast(const clang::Diagnostic &error);
    bool missing_semicolon(const clang::Diagnostic &error);
    bool macro_arguments(const clang::Diagnostic &error);
    static std::string members_of(const Shape &shape);
    void declare(std::string &text, const UnknownName &name, unsigned &constants, llvm::StringSet<> &done);
    void declare(std::string &text, const Shape *shape, llvm::StringSet<> &done);
};

} // namespace nc
#endif
