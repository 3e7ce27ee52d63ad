/*
 * What differs between the versions of Clang that this builds with (14 to 22): one name here for each such thing that
 * more than one place needs. scripts/matrix builds and tests them.
 */
#ifndef NC_FRONTEND_COMPAT_H
#define NC_FRONTEND_COMPAT_H

#include <optional>

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Type.h"
#include "clang/Basic/FileEntry.h"
#include "clang/Basic/FileManager.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/StringRef.h"

#if CLANG_VERSION_MAJOR < 16
#include "llvm/ADT/Optional.h"
namespace clang
{
using OptionalFileEntryRef = llvm::Optional<FileEntryRef>;
}
#endif

/* Errors that old versions do not tell: no error has these numbers. */
namespace clang::diag
{
#if CLANG_VERSION_MAJOR < 17
enum : unsigned {
    err_designated_init_for_non_aggregate = ~0U,
    err_typecheck_indirection_through_void_pointer_cpp = ~0U - 1,
};
#endif
#if CLANG_VERSION_MAJOR < 15
enum : unsigned {
    err_pragma_alloc_text_not_function = ~0U - 2,
    err_pragma_alloc_text_c_linkage = ~0U - 3,
};
#endif
} // namespace clang::diag

namespace nc
{

inline bool starts_with(llvm::StringRef text, llvm::StringRef prefix)
{
#if CLANG_VERSION_MAJOR < 16
    return text.startswith(prefix);
#else
    return text.starts_with(prefix);
#endif
}

inline bool ends_with(llvm::StringRef text, llvm::StringRef suffix)
{
#if CLANG_VERSION_MAJOR < 16
    return text.endswith(suffix);
#else
    return text.ends_with(suffix);
#endif
}

inline bool ends_with_insensitive(llvm::StringRef text, llvm::StringRef suffix)
{
#if CLANG_VERSION_MAJOR < 16
    return text.endswith_insensitive(suffix);
#else
    return text.ends_with_insensitive(suffix);
#endif
}

inline bool is_unnamed_bit_field(const clang::FieldDecl *field)
{
#if CLANG_VERSION_MAJOR < 19
    return field->isUnnamedBitfield();
#else
    return field->isUnnamedBitField();
#endif
}

inline unsigned bit_width(const clang::FieldDecl *field, const clang::ASTContext &ast)
{
#if CLANG_VERSION_MAJOR < 20
    return field->getBitWidthValue(ast);
#else
    (void)ast;
    return field->getBitWidthValue();
#endif
}

/* Number of elements; the largest number there is for one that does not fit. */
inline uint64_t element_count(const clang::ConstantArrayType *type) { return type->getSize().getLimitedValue(); }

inline clang::QualType type_of(const clang::ASTContext &ast, const clang::RecordDecl *record)
{
#if CLANG_VERSION_MAJOR < 22
    return ast.getRecordType(record);
#else
    return ast.getCanonicalTagType(record);
#endif
}

inline std::optional<llvm::StringRef> loaded_text(const clang::SourceManager &sm, clang::FileID id)
{
    auto text = sm.getBufferDataIfLoaded(id);
    return text ? std::optional<llvm::StringRef>(*text) : std::nullopt;
}

/* What DenseMap getCaptureFields fills. */
#if CLANG_VERSION_MAJOR < 16
using CapturedVariable = clang::VarDecl;
#else
using CapturedVariable = clang::ValueDecl;
#endif

} // namespace nc
#endif
