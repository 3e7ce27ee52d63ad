#include "frontend/translation.h"

#include "clang/AST/Attr.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/raw_ostream.h"

#include "frontend/compat.h"
#include "frontend/function.h"
#include "frontend/unknowns.h"

using namespace clang;

namespace nc
{

Translation::Translation(ASTContext &context, Sema *parser, const SourceFacts &source_facts, nc_builder *builder)
    : ast(context), sema(parser), facts(source_facts), b(builder),
      locs(context.getSourceManager(), context.getLangOpts(), builder), types(context, locs, builder),
      exprs(types, builder), mangle_(context.createMangleContext())
{
}

void Translation::run()
{
    const SourceManager &sm = ast.getSourceManager();
    if (OptionalFileEntryRef main_file = sm.getFileEntryRefForID(sm.getMainFileID()))
        module()->main_file = string(main_file->getName());
    locs.get(sm.getLocForStartOfFile(sm.getMainFileID()));
    find_all_roots();
    finish_jobs();
    gaps_of_parse();
}

void Translation::finish_jobs()
{
    while (!jobs_.empty() || !uninitialised_.empty()) {
        initialise_globals();
        while (!jobs_.empty()) {
            Job job = jobs_.front();
            jobs_.pop_front();
            FunctionLowering(*this, job.function, job.definition, job.decl).run();
        }
        wanted_roles();
    }
}

/* What the driver's own files define. The rest follows from what these refer to. */
void Translation::find_all_roots()
{
    const TranslationUnitDecl *unit = ast.getTranslationUnitDecl();
    if (!facts.after_preamble)
        return find_roots(unit);
    /* What was parsed before are system headers, of which only what is needed is read back. */
    for (const Decl *decl : unit->noload_decls())
        if (!decl->isFromASTFile())
            find_roots_in(decl);
}

void Translation::find_roots(const DeclContext *context)
{
    for (const Decl *decl : context->decls())
        find_roots_in(decl);
}

void Translation::find_roots_in(const Decl *decl)
{
    if (locs.in_system_header(decl->getLocation()) && !isa<NamespaceDecl, LinkageSpecDecl>(decl))
        return;
    if (const auto *fd = dyn_cast<FunctionDecl>(decl)) {
        if (is_root(fd))
            function(fd);
    } else if (const auto *tmpl = dyn_cast<FunctionTemplateDecl>(decl)) {
        for (const FunctionDecl *spec : tmpl->specializations())
            if (is_root(spec))
                function(spec);
    } else if (const auto *tmpl_class = dyn_cast<ClassTemplateDecl>(decl)) {
        for (const ClassTemplateSpecializationDecl *spec : tmpl_class->specializations())
            find_roots(spec);
    } else if (const auto *vd = dyn_cast<VarDecl>(decl)) {
        if (vd->isThisDeclarationADefinition() != VarDecl::DeclarationOnly && !vd->getType()->isDependentType() &&
            vd->getKind() == Decl::Var)
            global(vd);
    } else if (const auto *record = dyn_cast<CXXRecordDecl>(decl)) {
        if (record->isThisDeclarationADefinition() && !record->isDependentContext())
            find_roots(record);
    } else if (isa<NamespaceDecl, LinkageSpecDecl>(decl)) {
        find_roots(cast<DeclContext>(decl));
    }
}

bool Translation::is_root(const FunctionDecl *decl) const
{
    if (!decl->isThisDeclarationADefinition() || decl->isDependentContext() || decl->isDeleted() ||
        !decl->doesThisDeclarationHaveABody())
        return false;
    if (locs.in_main_file(decl->getLocation()))
        return true;
    return decl->isExternallyVisible() && !decl->isInlined();
}

void Translation::gap(uint32_t kind, StringRef what, StringRef reason, SourceLocation loc)
{
    nc_gap g = {};
    g.kind = kind;
    g.what = string(what);
    g.reason = string(reason);
    g.loc = locs.get(loc);
    nc_builder_add_gaps(b, &g);
}

namespace
{

const char *meaning(const UnknownName &n)
{
    switch (n.kind) {
    case UnknownName::Annotation:
    case UnknownName::AnnotationWithArguments:
        return "left out";
    case UnknownName::FunctionHead:
    case UnknownName::NamelessHead:
        return "taken as a function's head";
    case UnknownName::Loop:
        return "taken as an unknown loop";
    case UnknownName::Type:
    case UnknownName::Tag:
    case UnknownName::Template:
        return "taken as an unknown type";
    case UnknownName::Namespace:
        return "taken as a namespace";
    default:
        return "taken as an unknown value";
    }
}

} // namespace

void Translation::gaps_of_parse()
{
    for (const MissingHeader &h : facts.missing_headers) {
        if (ends_with_insensitive(StringRef(h.name), ".tmh"))
            gap(NC_GAP_NOTE, h.name, "trace header that the build generates; calls of trace macros were left out",
                h.loc);
        else
            gap(NC_GAP_HEADER, h.name, "header not found; read as empty", h.loc);
    }
    for (const auto &[name, found] : facts.found_headers)
        gap(NC_GAP_NOTE, name, "no include folder has it; found by its name: " + found.path, found.loc);
    for (const std::string &header : facts.unknowns.headers())
        gap(NC_GAP_NOTE, header, "read at the beginning, since the file uses names of it that nothing else declares",
            SourceLocation());
    for (const UnknownName &n : facts.unknowns.names())
        if (n.kind != UnknownName::Declared)
            gap(NC_GAP_NOTE, n.name, "not declared, first used at " + n.where + "; " + meaning(n), SourceLocation());
    for (const ParseError &e : facts.errors)
        gap(e.harmless ? NC_GAP_NOTE : NC_GAP_ERROR, "", e.text, e.loc);
}

const ParseError *Translation::first_error(SourceRange body, const std::vector<SourceRange> &dropped)
{
    const SourceManager &sm = ast.getSourceManager();
    auto inside = [&](SourceRange range, SourceLocation loc) {
        SourceLocation begin = sm.getExpansionLoc(range.getBegin()),
                       end = sm.getExpansionRange(range.getEnd()).getEnd();
        return !sm.isBeforeInTranslationUnit(loc, begin) && !sm.isBeforeInTranslationUnit(end, loc);
    };
    if (body.isInvalid())
        return nullptr;
    for (const ParseError &e : facts.errors) {
        if (e.harmless || e.loc.isInvalid())
            continue;
        SourceLocation loc = sm.getExpansionLoc(e.loc);
        if (!inside(body, loc))
            continue;
        bool forgiven = false;
        for (const SourceRange &range : dropped)
            forgiven = forgiven || inside(range, loc);
        if (!forgiven)
            return &e;
    }
    return nullptr;
}

std::string Translation::text_of(const StringLiteral *literal)
{
    if (literal->getCharByteWidth() == 1)
        return literal->getBytes().str();
    std::string text;
    for (unsigned i = 0; i < literal->getLength(); ++i) {
        char bytes[4];
        char *end = bytes;
        uint32_t unit = literal->getCodeUnit(i);
        if (unit < 0x110000 && llvm::ConvertCodePointToUTF8(unit, end))
            text.append(bytes, end);
        else
            text += '?';
    }
    return text;
}

bool Translation::is_noreturn(const FunctionDecl *decl) const
{
    if (decl->isNoReturn() || decl->hasAttr<AnalyzerNoReturnAttr>())
        return true;
    const IdentifierInfo *id = decl->getIdentifier();
    if (!id)
        return false;
    static const llvm::StringRef names[] = { "KeBugCheck",     "KeBugCheckEx",           "ExRaiseStatus",
                                             "RtlFailFast",    "RtlFailFast2",           "__fastfail",
                                             "abort",          "ExRaiseAccessViolation", "ExRaiseDatatypeMisalignment",
                                             "RtlRaiseStatus", "__builtin_trap",         "__builtin_unreachable" };
    return llvm::is_contained(names, id->getName());
}

nc_id Translation::helper(StringRef name, nc_id return_type, unsigned parameters)
{
    auto known = named_functions_.find(name);
    if (known != named_functions_.end())
        return known->second;
    nc_type t = {};
    t.kind = NC_TY_FUNCTION;
    t.elem = return_type;
    t.count = parameters;
    t.first_field = NC_NONE;
    nc_function f = {};
    f.name = f.display = string(name);
    f.type = nc_builder_add_types(b, &t);
    f.loc = f.end_loc = f.section_loc = f.paged_code_loc = NC_NONE;
    f.flags = NC_FN_SYSTEM;
    nc_id id = nc_builder_add_functions(b, &f);
    named_functions_[name] = id;
    return id;
}

nc_id Translation::callee(nc_id function)
{
    return exprs.leaf(NC_EX_FUNC, function, types.pointer_to(module()->functions[function].type, false));
}

nc_id Translation::function_value(const FunctionDecl *decl)
{
    nc_id f = function(decl);
    module()->functions[f].flags |= NC_FN_ADDRESS_TAKEN;
    return callee(f);
}

nc_id Translation::global_address(nc_id global)
{
    return exprs.leaf(NC_EX_GLOBAL, global,
                      types.pointer_to(module()->globals[global].type, module()->globals[global].flags & NC_GL_CONST));
}

} // namespace nc
