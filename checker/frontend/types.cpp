#include "frontend/types.h"

#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/RecordLayout.h"

#include "frontend/compat.h"

using namespace clang;

namespace nc
{

nc_id Types::void_type() { return get(ast_.VoidTy); }
nc_id Types::int_type() { return get(ast_.IntTy); }
nc_id Types::size_type() { return get(ast_.getSizeType()); }
nc_id Types::ptrdiff_type() { return get(ast_.getPointerDiffType()); }
nc_id Types::void_pointer() { return pointer_to(ast_.VoidTy); }

nc_id Types::get(QualType type)
{
    if (type.isNull())
        return get(ast_.VoidTy);
    QualType canonical = ast_.getCanonicalType(type).getUnqualifiedType();
    if (const auto *atomic = dyn_cast<AtomicType>(canonical))
        return get(atomic->getValueType());
    auto known = known_.find(canonical.getAsOpaquePtr());
    if (known != known_.end())
        return known->second;
    if (const auto *rt = dyn_cast<RecordType>(canonical))
        return record(rt->getDecl());
    nc_id id = build(canonical);
    known_[canonical.getAsOpaquePtr()] = id;
    return id;
}

nc_id Types::pointer_to(QualType pointee)
{
    QualType canonical = ast_.getCanonicalType(pointee);
    return pointer_to(get(canonical), canonical.isConstQualified());
}

nc_id Types::pointer_to(nc_id pointee, bool is_const)
{
    uint64_t key = (uint64_t)pointee << 1 | is_const;
    auto known = pointers_.find(key);
    if (known != pointers_.end())
        return known->second;
    nc_type t = {};
    t.kind = NC_TY_POINTER;
    t.is_const = is_const;
    t.elem = pointee;
    t.first_field = NC_NONE;
    t.size = ast_.getTypeSize(ast_.VoidPtrTy) / 8;
    return pointers_[key] = nc_builder_add_types(b_, &t);
}

nc_id Types::build(QualType type)
{
    nc_type t = {};
    t.elem = NC_NONE;
    t.first_field = NC_NONE;
    if (type->isDependentType() || type->isPlaceholderType() || type->isUndeducedType()) {
        t.kind = NC_TY_OPAQUE;
        return nc_builder_add_types(b_, &t);
    }
    if (type->isPointerType() || type->isReferenceType() || type->isBlockPointerType())
        return pointer_to(type->getPointeeType());
    if (type->isNullPtrType())
        return void_pointer();
    if (const auto *fn = dyn_cast<FunctionType>(type)) {
        t.kind = NC_TY_FUNCTION;
        t.elem = get(fn->getReturnType());
        if (const auto *proto = dyn_cast<FunctionProtoType>(fn))
            t.count = proto->getNumParams();
        return nc_builder_add_types(b_, &t);
    }
    if (const ArrayType *array = ast_.getAsArrayType(type)) {
        t.kind = NC_TY_ARRAY;
        t.elem = get(array->getElementType());
        if (const auto *constant = dyn_cast<ConstantArrayType>(array))
            t.count = (uint32_t)std::min<uint64_t>(element_count(constant), UINT32_MAX);
        t.size = size(type);
        return nc_builder_add_types(b_, &t);
    }
    t.size = size(type);
    if (type->isVoidType())
        t.kind = NC_TY_VOID;
    else if (type->isIntegralOrEnumerationType() || type->isBitIntType()) {
        t.kind = NC_TY_INT;
        t.is_signed = type->isSignedIntegerOrEnumerationType();
        if (t.size == 0) /* an enumeration without its definition: Microsoft's are int */
            t.size = 4, t.is_signed = 1;
    } else if (type->isFloatingType() && !type->isAnyComplexType())
        t.kind = NC_TY_FLOAT;
    else
        t.kind = NC_TY_OPAQUE;
    return nc_builder_add_types(b_, &t);
}

std::string Types::record_name(const RecordDecl *record)
{
    std::string name;
    if (const IdentifierInfo *id = record->getIdentifier())
        name = id->getName().str();
    else if (const TypedefNameDecl *alias = record->getTypedefNameForAnonDecl())
        name = alias->getName().str();
    else
        return locs_.short_name(record->getLocation());
    if (ast_.getLangOpts().CPlusPlus && isa<CXXRecordDecl>(record)) {
        /* Namespaces and template arguments keep C++ classes of one name apart; C names stay as they are. */
        const DeclContext *context = record->getDeclContext()->getRedeclContext();
        if (isa<ClassTemplateSpecializationDecl>(record) || context->isNamespace() || context->isRecord())
            return type_of(ast_, record).getAsString(ast_.getPrintingPolicy());
    }
    return name;
}

bool Types::is_sound(QualType type)
{
    type = ast_.getBaseElementType(type);
    if (type->isDependentType() || type->isUndeducedType() ||
        (type->isIncompleteType() && !type->isIncompleteArrayType()))
        return false;
    if (const auto *rt = type->getAs<RecordType>())
        return is_sound(rt->getDecl()->getDefinition());
    return true;
}

/* Whether Clang's layout code may be asked about it: it trusts what it gets. */
bool Types::is_sound(const RecordDecl *record)
{
    if (!record || !record->isCompleteDefinition() || record->isDependentType())
        return false;
    auto known = sound_.find(record);
    if (known != sound_.end())
        return known->second;
    sound_[record] = false;
    bool sound = !record->isInvalidDecl();
    for (const FieldDecl *f : record->fields())
        sound = sound && !f->isInvalidDecl() && is_sound(f->getType());
    if (const auto *cxx = dyn_cast<CXXRecordDecl>(record))
        for (const CXXBaseSpecifier &base : cxx->bases())
            sound = sound && is_sound(base.getType());
    return sound_[record] = sound;
}

uint64_t Types::size(QualType type)
{
    type = ast_.getCanonicalType(type);
    if (type.isNull() || type->isDependentType() || type->isVoidType() || type->isFunctionType() ||
        type->isPlaceholderType() || type->isUndeducedType())
        return 0;
    if (const auto *array = dyn_cast<ConstantArrayType>(type.getTypePtr()))
        return size(array->getElementType()) * element_count(array);
    if (type->isArrayType() || type->isIncompleteType())
        return 0;
    if (const auto *rt = dyn_cast<RecordType>(type.getTypePtr())) {
        const RecordDecl *definition = rt->getDecl()->getDefinition();
        if (!definition)
            return 0;
        if (!is_sound(definition)) {
            lay_out(definition);
            return own_sizes_[definition];
        }
    }
    if (type->isReferenceType())
        return ast_.getTypeSize(ast_.VoidPtrTy) / 8;
    return (uint64_t)ast_.getTypeSizeInChars(type).getQuantity();
}

void Types::lay_out(const RecordDecl *record)
{
    if (own_sizes_.count(record))
        return;
    if (is_sound(record)) {
        const ASTRecordLayout &layout = ast_.getASTRecordLayout(record);
        for (const FieldDecl *f : record->fields())
            offsets_[f] = layout.getFieldOffset(f->getFieldIndex());
        own_sizes_[record] = (uint64_t)layout.getSize().getQuantity();
        return;
    }
    /* What matters is only that the fields are apart. */
    own_sizes_[record] = 0;
    uint64_t end = 0, largest = 0;
    for (const FieldDecl *f : record->fields()) {
        uint64_t bytes = f->isInvalidDecl() ? 8 : size(f->getType());
        uint64_t align = bytes >= 8 ? 8 : bytes >= 4 ? 4 : bytes >= 2 ? 2 : 1;
        if (!record->isUnion())
            end = (end + align - 1) / align * align;
        offsets_[f] = record->isUnion() ? 0 : end * 8;
        end += bytes;
        largest = std::max(largest, bytes);
    }
    own_sizes_[record] = record->isUnion() ? largest : (end + 7) / 8 * 8;
}

nc_id Types::record(const RecordDecl *decl)
{
    const RecordDecl *definition = decl->getDefinition();
    const RecordDecl *key = cast<RecordDecl>(decl->getCanonicalDecl());
    auto known = records_.find(key);
    if (known != records_.end())
        return known->second;

    std::string name = record_name(definition ? definition : decl);
    nc_type t = {};
    t.kind = NC_TY_RECORD;
    t.is_union = decl->isUnion();
    t.name = nc_builder_string_n(b_, name.data(), name.size());
    t.elem = NC_NONE;
    t.first_field = NC_NONE;
    nc_id id = nc_builder_add_types(b_, &t);
    records_[key] = id;
    if (!definition || !definition->isCompleteDefinition() || definition->isDependentType())
        return id;

    lay_out(definition);
    std::vector<nc_field> rows;
    std::vector<const FieldDecl *> decls;
    for (const FieldDecl *f : definition->fields()) {
        nc_field row = {};
        row.name = nc_builder_string_n(b_, f->getName().data(), f->getName().size());
        /* A field that was refused may be one that contains its own record. */
        bool refused = f->isInvalidDecl() && ast_.getBaseElementType(f->getType())->isRecordType();
        row.type = refused ? get(ast_.VoidTy) : get(f->getType());
        row.offset = (uint32_t)offsets_[f];
        if (f->isBitField() && !f->getBitWidth()->isValueDependent())
            row.bit_width = bit_width(f, ast_);
        if (const TypedefNameDecl *role = role_of(f->getType(), ast_.getSourceManager())) {
            row.role = nc_builder_string_n(b_, role->getName().data(), role->getName().size());
            wanted_roles.push_back(role);
        }
        rows.push_back(row);
        decls.push_back(f);
    }
    /* Fields of one record stand together; the types of fields were made above, with theirs. */
    nc_id first = NC_NONE;
    for (size_t i = 0; i < rows.size(); ++i) {
        nc_id f = nc_builder_add_fields(b_, &rows[i]);
        if (i == 0)
            first = f;
        fields_[decls[i]] = f;
    }
    nc_type &row = nc_builder_module(b_)->types[id];
    row.first_field = first;
    row.field_count = (nc_id)rows.size();
    row.size = own_sizes_[definition];
    return id;
}

nc_id Types::field(const FieldDecl *field)
{
    record(field->getParent());
    auto known = fields_.find(field);
    return known == fields_.end() ? NC_NONE : known->second;
}

uint64_t Types::offset(const FieldDecl *field)
{
    record(field->getParent());
    auto known = offsets_.find(field);
    return known == offsets_.end() ? 0 : known->second;
}

int64_t Types::base_offset(const CXXRecordDecl *derived, const CXXRecordDecl *base)
{
    derived = derived->getDefinition();
    base = base->getDefinition();
    if (!derived || !base || !is_sound(derived))
        return 0;
    const ASTRecordLayout &layout = ast_.getASTRecordLayout(derived);
    for (const CXXBaseSpecifier &spec : derived->bases()) {
        const CXXRecordDecl *direct = spec.getType()->getAsCXXRecordDecl();
        if (!direct || direct->getDefinition() != base)
            continue;
        return spec.isVirtual() ? layout.getVBaseClassOffset(direct).getQuantity()
                                : layout.getBaseClassOffset(direct).getQuantity();
    }
    return 0;
}

namespace
{

const TypedefNameDecl *function_typedef(QualType type, const SourceManager &sm)
{
    const TypedefNameDecl *found = nullptr;
    while (const auto *td = type->getAs<TypedefType>()) {
        const TypedefNameDecl *decl = td->getDecl();
        /* The outermost typedef of a system header, since that is the documented name; else the innermost. */
        found = decl;
        if (sm.isInSystemHeader(decl->getLocation()))
            break;
        type = decl->getUnderlyingType();
    }
    return found;
}

} // namespace

const TypedefNameDecl *role_of(QualType type, const SourceManager &sm)
{
    while (const auto *array = type->getAsArrayTypeUnsafe())
        type = array->getElementType();
    if (type->isFunctionType())
        return function_typedef(type, sm);
    if (!type->isPointerType() || !type->getPointeeType()->isFunctionType())
        return nullptr;
    const TypedefNameDecl *pointer_alias = nullptr;
    while (const auto *td = type->getAs<TypedefType>()) {
        pointer_alias = td->getDecl();
        type = pointer_alias->getUnderlyingType();
    }
    if (const auto *pointer = type->getAs<PointerType>())
        if (const TypedefNameDecl *role = function_typedef(pointer->getPointeeType(), sm))
            return role;
    return pointer_alias;
}

} // namespace nc
