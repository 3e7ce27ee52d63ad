/* Globals and their initialisers. */
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecordLayout.h"
#include "llvm/Support/raw_ostream.h"

#include "frontend/compat.h"
#include "frontend/translation.h"

using namespace clang;

namespace nc
{

namespace
{

const size_t init_limit = 65536; /* cells of one global */

} // namespace

nc_id Translation::global(const VarDecl *decl)
{
    const void *key = decl->getCanonicalDecl();
    auto known = globals_.find(key);
    if (known != globals_.end())
        return known->second;

    const VarDecl *shown = decl->getDefinition();
    if (!shown)
        shown = decl->getActingDefinition();
    bool defined = shown != nullptr;
    if (!shown)
        shown = decl;

    nc_global g = {};
    std::string name = decl->getNameAsString();
    if (decl->isStaticLocal()) {
        g.flags |= NC_GL_STATIC_LOCAL;
        if (const auto *fd = dyn_cast_or_null<FunctionDecl>(decl->getParentFunctionOrMethod()))
            name = display_name(fd) + "." + name;
    } else if (ast.getLangOpts().CPlusPlus && !decl->isExternC()) {
        name.clear();
        llvm::raw_string_ostream out(name);
        decl->printQualifiedName(out);
    }
    bool external = decl->isExternallyVisible() && !decl->isStaticLocal();
    if (external) {
        auto named = named_globals_.find(name);
        if (named != named_globals_.end()) {
            globals_[key] = named->second;
            if (!defined || module()->globals[named->second].flags & NC_GL_DEFINED)
                return named->second;
        }
    }
    g.name = string(name);
    QualType type = shown->getType();
    g.type = types.get(type);
    if (type->isReferenceType())
        g.type = types.pointer_to(type->getPointeeType());
    g.loc = locs.get(shown->getLocation());
    g.section_loc = NC_NONE;
    for (const VarDecl *d : shown->redecls()) {
        if (const auto *section = d->getAttr<SectionAttr>()) {
            g.section = string(section->getName());
            g.section_loc = locs.get(section->getLocation());
        }
    }
    if (g.section == 0 && shown->isThisDeclarationADefinition() == VarDecl::TentativeDefinition) {
        const SourceManager &sm = ast.getSourceManager();
        const BssSection *last = nullptr;
        for (const BssSection &bss : facts.bss_sections)
            if (sm.isBeforeInTranslationUnit(bss.loc, shown->getLocation()))
                last = &bss;
        if (last && !last->section.empty()) {
            g.section = string(last->section);
            g.section_loc = locs.get(last->loc);
        }
    }
    if (!decl->isExternallyVisible())
        g.flags |= NC_GL_STATIC;
    if (defined)
        g.flags |= NC_GL_DEFINED;
    if (ast.getBaseElementType(type).isConstQualified())
        g.flags |= NC_GL_CONST;
    if (locs.in_system_header(shown->getLocation()))
        g.flags |= NC_GL_SYSTEM;
    nc_id id;
    auto named = named_globals_.find(name);
    if (external && named != named_globals_.end()) {
        id = named->second;
        module()->globals[id] = g;
    } else {
        id = nc_builder_add_globals(b, &g);
        if (external)
            named_globals_[name] = id;
    }
    globals_[key] = id;
    if (defined)
        uninitialised_.push_back({ id, shown });
    return id;
}

nc_id Translation::compound_literal(const CompoundLiteralExpr *literal)
{
    auto known = globals_.find(literal);
    if (known != globals_.end())
        return known->second;
    nc_global g = {};
    g.name = string("compound literal at " + locs.short_name(literal->getBeginLoc()));
    g.type = types.get(literal->getType());
    g.loc = locs.get(literal->getBeginLoc());
    g.section_loc = NC_NONE;
    g.flags = NC_GL_STATIC | NC_GL_DEFINED | NC_GL_COMPOUND;
    if (literal->getType().isConstQualified())
        g.flags |= NC_GL_CONST;
    nc_id id = nc_builder_add_globals(b, &g);
    globals_[literal] = id;
    std::vector<nc_init> inits;
    collect(inits, 0, literal->getType(), literal->getInitializer());
    nc_id first = module()->inits_count;
    for (const nc_init &i : inits)
        nc_builder_add_inits(b, &i);
    module()->globals[id].first_init = first;
    module()->globals[id].init_count = (nc_id)inits.size();
    return id;
}

/* A constructor that does nothing leaves static memory as the loader made it: zero. */
static bool leaves_zero(const Expr *init)
{
    const auto *made = dyn_cast<CXXConstructExpr>(init->IgnoreImplicit());
    return made && made->getConstructor()->isDefaultConstructor() && made->getConstructor()->isTrivial();
}

void Translation::initialise_globals()
{
    while (!uninitialised_.empty()) {
        auto [id, decl] = uninitialised_.back();
        uninitialised_.pop_back();
        const VarDecl *holder = nullptr;
        const Expr *init = decl->getAnyInitializer(holder);
        bool broken = init && init->containsErrors();
        if (!init || decl->isInvalidDecl() || leaves_zero(init) || (init->isValueDependent() && !broken) ||
            (broken && ast.getLangOpts().CPlusPlus && !recovered_list(init)))
            continue;
        std::vector<nc_init> inits;
        if (ast.getLangOpts().CPlusPlus && !broken && !is_made_up(init)) {
            const APValue *value = holder->evaluateValue();
            if (!value)
                module()->globals[id].flags |= NC_GL_DYNAMIC_INIT;
            else if (isa<InitListExpr>(init->IgnoreImplicit()))
                collect(inits, 0, decl->getType(), init->IgnoreImplicit());
            else
                collect(inits, 0, decl->getType(), *value, locs.get(init->getBeginLoc()));
        } else {
            collect(inits, 0, decl->getType(), init);
        }
        nc_id first = module()->inits_count;
        for (const nc_init &i : inits)
            nc_builder_add_inits(b, &i);
        module()->globals[id].first_init = first;
        module()->globals[id].init_count = (nc_id)inits.size();
    }
}

void Translation::collect(std::vector<nc_init> &out, uint64_t offset, QualType type, const Expr *init)
{
    if (!init || out.size() >= init_limit)
        return;
    const Expr *plain = init->IgnoreParens();
    if (const auto *constant = dyn_cast<ConstantExpr>(plain))
        plain = constant->getSubExpr()->IgnoreParens();
    if (isa<ImplicitValueInitExpr, CXXScalarValueInitExpr, NoInitExpr>(plain))
        return;
    nc_init row = {};
    row.offset = offset;
    row.type = types.get(type);
    row.loc = locs.get(init->getBeginLoc());

    if (const InitListExpr *list = recovered_list(plain)) {
        for (const ListPart &part : parts_of_recovered_list(type, list)) {
            if (part.path.empty()) /* lost: the value of an unknown member */
                continue;
            uint64_t at = offset;
            for (const FieldDecl *field : part.path)
                at += types.offset(field);
            collect(out, at, part.path.back()->getType(), part.value);
        }
        return;
    }
    if (const auto *list = dyn_cast<InitListExpr>(plain)) {
        if (const InitListExpr *semantic = list->isSemanticForm() ? list : list->getSemanticForm())
            list = semantic;
        if (list->isTransparent())
            return collect(out, offset, type, list->getInit(0));
        if (const auto *array = ast.getAsArrayType(type)) {
            QualType element = array->getElementType();
            uint64_t bits = types.size(element) * 8;
            for (unsigned i = 0; i < list->getNumInits(); ++i)
                collect(out, offset + i * bits, element, list->getInit(i));
            if (const Expr *filler = list->getArrayFiller())
                if (const auto *constant = dyn_cast<ConstantArrayType>(array))
                    if (!isa<ImplicitValueInitExpr>(filler))
                        for (uint64_t i = list->getNumInits(); i < element_count(constant) && out.size() < init_limit;
                             ++i)
                            collect(out, offset + i * bits, element, filler);
            return;
        }
        if (const RecordDecl *record = type->getAsRecordDecl()) {
            record = record->getDefinition();
            if (!record)
                return;
            if (record->isUnion()) {
                if (const FieldDecl *field = list->getInitializedFieldInUnion())
                    if (list->getNumInits())
                        collect(out, offset + types.offset(field), field->getType(), list->getInit(0));
                return;
            }
            unsigned next = 0;
            if (const auto *cxx = dyn_cast<CXXRecordDecl>(record))
                for (const CXXBaseSpecifier &base : cxx->bases())
                    if (next < list->getNumInits())
                        collect(out,
                                offset + 8 * (uint64_t)types.base_offset(cxx, base.getType()->getAsCXXRecordDecl()),
                                base.getType(), list->getInit(next++));
            for (const FieldDecl *field : record->fields()) {
                if (is_unnamed_bit_field(field))
                    continue;
                if (next >= list->getNumInits())
                    break;
                collect(out, offset + types.offset(field), field->getType(), list->getInit(next++));
            }
            return;
        }
        if (list->getNumInits() == 1)
            return collect(out, offset, type, list->getInit(0));
        return;
    }
    if (type->isRecordType() || type->isArrayType()) {
        const Expr *inner = plain->IgnoreParenImpCasts();
        if (const auto *literal = dyn_cast<CompoundLiteralExpr>(inner))
            return collect(out, offset, type, literal->getInitializer());
        if (const auto *ref = dyn_cast<DeclRefExpr>(inner))
            if (const auto *var = dyn_cast<VarDecl>(ref->getDecl()))
                if (const Expr *other = var->getAnyInitializer())
                    if (type->isRecordType() && var->getType().isConstQualified() && other != init)
                        return collect(out, offset, type, other);
        if (isa<StringLiteral>(inner)) {
            row.expr = exprs.unknown(row.type);
            out.push_back(row);
            return;
        }
    }
    Expr::EvalResult result;
    bool evaluated =
        !plain->containsErrors() && !plain->isValueDependent() && !is_made_up(plain) &&
        (plain->isGLValue() ? plain->EvaluateAsLValue(result, ast) : plain->EvaluateAsRValue(result, ast, true));
    if (!evaluated || !result.Val.hasValue()) {
        row.expr = exprs.unknown(row.type);
        out.push_back(row);
        return;
    }
    collect(out, offset, type, result.Val, row.loc);
}

void Translation::collect(std::vector<nc_init> &out, uint64_t offset, QualType type, const APValue &value, nc_id loc)
{
    if (out.size() >= init_limit)
        return;
    if (value.isStruct()) {
        const RecordDecl *record = type->getAsRecordDecl();
        if (!record || !(record = record->getDefinition()))
            return;
        if (const auto *cxx = dyn_cast<CXXRecordDecl>(record)) {
            unsigned i = 0;
            for (const CXXBaseSpecifier &base : cxx->bases()) {
                if (i >= value.getStructNumBases())
                    break;
                collect(out, offset + 8 * (uint64_t)types.base_offset(cxx, base.getType()->getAsCXXRecordDecl()),
                        base.getType(), value.getStructBase(i++), loc);
            }
        }
        for (const FieldDecl *field : record->fields())
            if (!is_unnamed_bit_field(field) && field->getFieldIndex() < value.getStructNumFields())
                collect(out, offset + types.offset(field), field->getType(),
                        value.getStructField(field->getFieldIndex()), loc);
        return;
    }
    if (value.isUnion()) {
        if (const FieldDecl *field = value.getUnionField())
            collect(out, offset + types.offset(field), field->getType(), value.getUnionValue(), loc);
        return;
    }
    if (value.isArray()) {
        const ArrayType *array = ast.getAsArrayType(type);
        if (!array)
            return;
        uint64_t bits = types.size(array->getElementType()) * 8;
        for (unsigned i = 0; i < value.getArrayInitializedElts(); ++i)
            collect(out, offset + i * bits, array->getElementType(), value.getArrayInitializedElt(i), loc);
        return;
    }
    if (!value.hasValue())
        return;
    nc_init row = {};
    row.offset = offset;
    row.type = types.get(type->isReferenceType() ? ast.getPointerType(type->getPointeeType()) : type);
    row.loc = loc;
    row.expr = constant(value, type);
    if (row.expr == NC_NONE)
        row.expr = exprs.unknown(row.type);
    out.push_back(row);
}

nc_id Translation::constant(const APValue &value, QualType type)
{
    if (value.isInt())
        return exprs.integer(bits_of(value.getInt()), types.get(type));
    if (!value.isLValue())
        return NC_NONE;
    APValue::LValueBase base = value.getLValueBase();
    int64_t bytes = value.getLValueOffset().getQuantity();
    if (!base)
        return exprs.integer(bytes,
                             types.get(type->isReferenceType() ? ast.getPointerType(type->getPointeeType()) : type));
    nc_id address = NC_NONE;
    QualType object;
    if (const auto *decl = base.dyn_cast<const ValueDecl *>()) {
        object = decl->getType();
        if (const auto *var = dyn_cast<VarDecl>(decl); var && var->hasGlobalStorage())
            address = global_address(global(var));
        else if (const auto *fd = dyn_cast<FunctionDecl>(decl))
            return function_value(fd);
    } else if (const auto *expr = base.dyn_cast<const Expr *>()) {
        object = expr->getType();
        if (const auto *literal = dyn_cast<StringLiteral>(expr))
            address = exprs.string(text_of(literal));
        else if (const auto *predefined = dyn_cast<PredefinedExpr>(expr))
            address = exprs.string(predefined->getFunctionName() ? text_of(predefined->getFunctionName()) : "");
        else if (const auto *compound = dyn_cast<CompoundLiteralExpr>(expr); compound && compound->isFileScope())
            address = global_address(compound_literal(compound));
    }
    if (address == NC_NONE)
        return NC_NONE;
    if (!value.hasLValuePath())
        return exprs.index(address, exprs.integer(bytes, types.ptrdiff_type()), 1, types.void_pointer());
    for (const APValue::LValuePathEntry &entry : value.getLValuePath()) {
        if (const ArrayType *array = ast.getAsArrayType(object)) {
            object = array->getElementType();
            address = exprs.index(address, exprs.integer((int64_t)entry.getAsArrayIndex(), types.ptrdiff_type()),
                                  (int64_t)types.size(object), types.pointer_to(object));
            continue;
        }
        const Decl *member = object->getAsRecordDecl() ? entry.getAsBaseOrMember().getPointer() : nullptr;
        if (const auto *field = dyn_cast_or_null<FieldDecl>(member)) {
            address = exprs.field(address, field);
            object = field->getType();
        } else if (const auto *base_class = dyn_cast_or_null<CXXRecordDecl>(member)) {
            int64_t at = types.base_offset(object->getAsCXXRecordDecl(), base_class);
            object = type_of(ast, base_class);
            address = exprs.index(address, exprs.integer(at, types.ptrdiff_type()), 1, types.pointer_to(object));
        } else { /* &scalar + 1, and the like */
            return NC_NONE;
        }
    }
    return address;
}

} // namespace nc
