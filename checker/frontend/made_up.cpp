/* Constants of what nothing declares: their values are no facts. */
#include "frontend/compat.h"
#include "frontend/header_files.h"
#include "frontend/translation.h"
#include "frontend/unknowns.h"

using namespace clang;

namespace nc
{

namespace
{

/* A typedef for what may be anything: 8 bytes are but a guess. (The size of a made-up record agrees with its members.)
 */
const TypedefNameDecl *made_up_typedef(const Translation &t, QualType type)
{
    while (const auto *array = type->getAsArrayTypeUnsafe())
        type = array->getElementType();
    if (type->isRecordType())
        return nullptr;
    for (const auto *alias = type->getAs<TypedefType>(); alias; alias = type->getAs<TypedefType>()) {
        if (t.is_made_up(alias->getDecl()))
            return alias->getDecl();
        type = alias->getDecl()->getUnderlyingType();
    }
    return nullptr;
}

} // namespace

bool Translation::is_made_up(const Decl *decl) const
{
    if (facts.unknowns.empty())
        return false;
    const SourceManager &sm = ast.getSourceManager();
    OptionalFileEntryRef file = sm.getFileEntryRefForID(sm.getFileID(sm.getExpansionLoc(decl->getLocation())));
    return file && file->getName() == unknown_names_path;
}

bool Translation::is_made_up(const Expr *e)
{
    if (facts.unknowns.empty() || !e)
        return false;
    if (const auto *ref = dyn_cast<DeclRefExpr>(e))
        return isa<EnumConstantDecl>(ref->getDecl()) && is_made_up(ref->getDecl());
    if (const auto *size = dyn_cast<UnaryExprOrTypeTraitExpr>(e)) {
        QualType type = size->getTypeOfArgument();
        return !type->isDependentType() && made_up_typedef(*this, type);
    }
    for (const Stmt *child : e->children())
        if (const auto *part = dyn_cast_or_null<Expr>(child); part && is_made_up(part))
            return true;
    return false;
}

nc_id Translation::unknown_constant(StringRef name, QualType type)
{
    auto known = named_globals_.find(name);
    nc_id id;
    if (known != named_globals_.end()) {
        id = known->second;
    } else {
        nc_global g = {};
        g.name = string(name);
        g.type = types.get(type);
        g.loc = g.section_loc = NC_NONE;
        g.flags = NC_GL_CONST | NC_GL_SYSTEM;
        id = nc_builder_add_globals(b, &g);
        named_globals_[name] = id;
    }
    return exprs.load(global_address(id), types.get(type), false);
}

} // namespace nc
