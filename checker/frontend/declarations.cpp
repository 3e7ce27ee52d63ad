/* Functions: names, sections, roles and annotations. */
#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/Builtins.h"
#include "llvm/Support/raw_ostream.h"

#include "frontend/translation.h"

using namespace clang;

namespace nc
{

std::string Translation::name_of(GlobalDecl decl)
{
    const auto *fd = cast<FunctionDecl>(decl.getDecl());
    if (ast.getLangOpts().CPlusPlus && !fd->isExternC() && !fd->isMain() && mangle_->shouldMangleDeclName(fd) &&
        !fd->isDependentContext() && !fd->isInvalidDecl()) {
        std::string name;
        llvm::raw_string_ostream out(name);
        mangle_->mangleName(decl, out);
        return name;
    }
    StringRef name = fd->getIdentifier() ? fd->getName() : StringRef();
    /* Library functions under the compiler's name for them. */
    if (unsigned id = fd->getBuiltinID())
        if (ast.BuiltinInfo.isLibFunction(id) && name.consume_front("__builtin_"))
            return name.str();
    if (name.empty())
        return fd->getNameAsString();
    return name.str();
}

std::string Translation::display_name(const FunctionDecl *fd)
{
    if (!ast.getLangOpts().CPlusPlus)
        return fd->getNameAsString();
    std::string name;
    llvm::raw_string_ostream out(name);
    fd->printQualifiedName(out);
    return name;
}

void Translation::section_of(const FunctionDecl *decl, nc_function &f)
{
    f.section_loc = NC_NONE;
    if (const IdentifierInfo *id = decl->getIdentifier()) {
        auto named = facts.alloc_text.find(id->getName().str());
        if (named != facts.alloc_text.end()) {
            f.section = string(named->second.section);
            f.section_loc = locs.get(named->second.loc);
            return;
        }
    }
    for (const FunctionDecl *d : decl->redecls()) {
        if (const auto *attr = d->getAttr<CodeSegAttr>()) {
            f.section = string(attr->getName());
            f.section_loc = locs.get(attr->getLocation());
        } else if (const auto *section = d->getAttr<SectionAttr>()) {
            f.section = string(section->getName());
            f.section_loc = locs.get(section->getLocation());
        } else {
            continue;
        }
        if (d->isThisDeclarationADefinition())
            return;
    }
}

void Translation::annotations_on(const Decl *decl, nc_id param, std::vector<nc_annot> &out)
{
    for (const auto *attr : decl->specific_attrs<AnnotateAttr>()) {
        StringRef name = attr->getAnnotation();
        if (!name.consume_front("nmrcheck:"))
            continue;
        nc_annot a = {};
        a.name = string(name);
        a.param = param;
        std::string text;
        for (const Expr *arg : attr->args()) {
            const Expr *plain = arg->IgnoreParenImpCasts();
            if (const auto *constant = dyn_cast<ConstantExpr>(plain))
                plain = constant->getSubExpr()->IgnoreParenImpCasts();
            Expr::EvalResult result;
            if (const auto *literal = dyn_cast<StringLiteral>(plain)) {
                text += (text.empty() ? "" : ", ") + text_of(literal);
            } else if (!a.has_value && !arg->isValueDependent() && !is_made_up(arg) &&
                       arg->EvaluateAsInt(result, ast)) {
                a.has_value = 1;
                a.value = bits_of(result.Val.getInt());
            }
        }
        a.text = string(text);
        bool known = false;
        for (const nc_annot &other : out)
            known = known || (other.name == a.name && other.text == a.text && other.param == a.param);
        if (!known)
            out.push_back(a);
    }
}

void Translation::annotations_of(const FunctionDecl *decl, std::vector<nc_annot> &out)
{
    for (const FunctionDecl *d : decl->redecls()) {
        annotations_on(d, NC_NONE, out);
        nc_id first = isa<CXXMethodDecl>(d) && cast<CXXMethodDecl>(d)->isInstance() ? 1 : 0;
        for (unsigned i = 0; i < d->getNumParams(); ++i)
            annotations_on(d->getParamDecl(i), first + i, out);
    }
}

nc_id Translation::add_annotations(const std::vector<nc_annot> &annots)
{
    nc_id first = module()->annots_count;
    for (const nc_annot &a : annots)
        nc_builder_add_annots(b, &a);
    return first;
}

/* Role types, with their annotations: those that functions and fields were declared with. */
void Translation::role(const TypedefNameDecl *decl)
{
    decl = cast<TypedefNameDecl>(decl->getCanonicalDecl());
    if (!roles_done_.insert(decl).second)
        return;
    std::vector<nc_annot> annots;
    for (const auto *d : decl->redecls()) {
        annotations_on(d, NC_NONE, annots);
        TypeSourceInfo *info = cast<TypedefNameDecl>(d)->getTypeSourceInfo();
        TypeLoc loc = info ? info->getTypeLoc() : TypeLoc();
        while (loc) {
            if (auto fn = loc.getAs<FunctionTypeLoc>()) {
                for (unsigned i = 0; i < fn.getNumParams(); ++i)
                    if (const ParmVarDecl *param = fn.getParam(i))
                        annotations_on(param, i, annots);
                break;
            }
            loc = loc.getNextTypeLoc();
        }
    }
    nc_role r = {};
    r.name = string(decl->getName());
    r.annot_count = (nc_id)annots.size();
    r.first_annot = add_annotations(annots);
    nc_builder_add_roles(b, &r);

    /* A typedef of a pointer to the role type may carry the annotations; and the other way round. */
    QualType under = decl->getUnderlyingType();
    if (const TypedefNameDecl *inner = role_of(under, ast.getSourceManager()))
        if (inner != decl)
            role(inner);
}

void Translation::wanted_roles()
{
    std::vector<const TypedefNameDecl *> wanted;
    wanted.swap(types.wanted_roles);
    for (const TypedefNameDecl *decl : wanted)
        role(decl);
}

void Translation::want_role(StringRef name)
{
    IdentifierInfo &id = ast.Idents.get(name);
    auto want = [&](const NamedDecl *found) {
        if (const auto *alias = dyn_cast<TypedefNameDecl>(found))
            types.wanted_roles.push_back(alias);
    };
    if (!sema || ast.getLangOpts().CPlusPlus) {
        for (const NamedDecl *found : ast.getTranslationUnitDecl()->lookup(&id))
            want(found);
        return;
    }
    /* In C a scope has no table of names: the AST would make one of all declarations, read back or not. The parser has
     * one. */
    for (auto it = sema->IdResolver.begin(&id), end = sema->IdResolver.end(); it != end; ++it)
        want(*it);
}

nc_id Translation::function(const FunctionDecl *decl)
{
    if (const auto *ctor = dyn_cast<CXXConstructorDecl>(decl))
        return function(GlobalDecl(ctor, Ctor_Complete));
    if (const auto *dtor = dyn_cast<CXXDestructorDecl>(decl))
        return function(GlobalDecl(dtor, Dtor_Complete));
    return function(GlobalDecl(decl));
}

nc_id Translation::function(GlobalDecl global_decl)
{
    const auto *decl = cast<FunctionDecl>(global_decl.getDecl());
    const void *key = decl->getCanonicalDecl();
    auto known = functions_.find(key);
    if (known != functions_.end())
        return known->second;

    std::string name = name_of(global_decl);
    const FunctionDecl *definition = nullptr;
    if (!decl->isDefined(definition) || !definition->getBody() || definition->isDependentContext())
        definition = nullptr;
    if (definition && isa<CXXMethodDecl>(definition) && definition->isDefaulted() && !definition->hasBody())
        definition = nullptr;

    /* Declarations that disagree have chains of their own in the AST, but C knows one function of that name. */
    bool external = decl->isExternallyVisible() || !ast.getLangOpts().CPlusPlus;
    if (external) {
        auto named = named_functions_.find(name);
        if (named != named_functions_.end()) {
            functions_[key] = named->second;
            if (!definition || module()->functions[named->second].end_loc != NC_NONE)
                return named->second;
        }
    }

    nc_function f = {};
    const FunctionDecl *shown = definition ? definition : decl;
    f.name = string(name);
    f.display = string(display_name(shown));
    f.type = types.get(shown->getType());
    f.loc = locs.get(shown->getLocation());
    f.end_loc = definition ? locs.get(definition->getBodyRBrace()) : NC_NONE;
    f.paged_code_loc = NC_NONE;
    section_of(shown, f);
    if (!decl->isExternallyVisible())
        f.flags |= NC_FN_STATIC;
    if (is_noreturn(shown))
        f.flags |= NC_FN_NORETURN;
    if (shown->isVariadic())
        f.flags |= NC_FN_VARIADIC;
    if (locs.in_system_header(shown->getLocation()))
        f.flags |= NC_FN_SYSTEM;
    if (shown->getReturnType()->isRecordType())
        f.flags |= NC_FN_RETURNS_RECORD;
    if (shown->isInlined())
        f.flags |= NC_FN_INLINE;
    if (shown->hasAttr<DLLExportAttr>())
        f.flags |= NC_FN_EXPORT;
    if (const auto *method = dyn_cast<CXXMethodDecl>(shown)) {
        f.flags |= NC_FN_CXX_METHOD;
        if (method->isVirtual())
            f.flags |= NC_FN_CXX_VIRTUAL;
    }
    std::vector<nc_annot> annots;
    annotations_of(shown, annots);
    nc_str class_name = string("Function_class");
    for (const FunctionDecl *d : shown->redecls()) {
        const TypeSourceInfo *info = d->getTypeSourceInfo();
        const TypedefNameDecl *alias = info ? role_of(info->getType(), ast.getSourceManager()) : nullptr;
        if (alias) {
            f.role = string(alias->getName());
            types.wanted_roles.push_back(alias);
            break;
        }
    }
    for (const nc_annot &a : annots) {
        if (a.name != class_name || a.param != NC_NONE)
            continue;
        if (!f.role)
            f.role = a.text;
        want_role(nc_string(module(), a.text));
    }
    f.annot_count = (nc_id)annots.size();
    f.first_annot = add_annotations(annots);

    nc_id id;
    auto named = named_functions_.find(name);
    if (external && named != named_functions_.end()) {
        id = named->second;
        f.flags |= module()->functions[id].flags & NC_FN_ADDRESS_TAKEN;
        module()->functions[id] = f;
    } else {
        id = nc_builder_add_functions(b, &f);
        if (external)
            named_functions_[name] = id;
    }
    functions_[key] = id;
    if (definition)
        jobs_.push_back({ id, definition, global_decl });
    return id;
}

} // namespace nc
