#include "project/compile_flags.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "project/cl.h"
#include "project/disk.h"
#include "project/language.h"
#include "support/arena.h"

static const char *metadata(const struct nc_item *item, const char *name)
{
    const char *value = nc_properties_get(&item->metadata, name);

    return value ? value : "";
}

static void add_flag(struct nc_strlist *flags, const char *flag, const char *argument)
{
    nc_strlist_add(flags, flag);
    nc_strlist_add(flags, argument);
}

/* Folders that are not there (generated ones, the kit's) are left out. */
static void add_folders(struct nc_strlist *flags, const char *flag, const char *list, const char *folder)
{
    struct nc_strlist parts = { 0 };

    nc_split_list(list, &parts);
    for (size_t i = 0; i < parts.count; i++) {
        char *path;

        nc_unescape(parts.items[i]);
        path = nc_disk_path(parts.items[i], folder);
        if (nc_disk_is_folder(path))
            add_flag(flags, flag, path);
        free(path);
    }
    nc_strlist_clear(&parts);
}

/* NAME=\"text\" is written for the command line, where it means NAME="text". */
static void drop_backslashes(char *define)
{
    char *out = define;

    for (; *define; define++)
        if (define[0] != '\\' || define[1] != '"')
            *out++ = *define;
    *out = '\0';
}

static void add_words(struct nc_strlist *flags, const char *flag, const char *list)
{
    struct nc_strlist parts = { 0 };

    nc_split_list(list, &parts);
    for (size_t i = 0; i < parts.count; i++) {
        nc_unescape(parts.items[i]);
        if (strcmp(flag, "-D") == 0)
            drop_backslashes(parts.items[i]);
        add_flag(flags, flag, parts.items[i]);
    }
    nc_strlist_clear(&parts);
}

static void add_platform(const struct nc_evaluation *e, struct nc_strlist *flags)
{
    static const struct {
        const char *platform, *flags;
    } platforms[] = {
        { "ARM64", "--target=aarch64-pc-windows-msvc;-U_AMD64_;-UAMD64;-D_ARM64_;-DARM64" },
        { "ARM", "--target=thumbv7-pc-windows-msvc;-U_AMD64_;-UAMD64;-D_ARM_;-DARM" },
        { "Win32", "--target=i686-pc-windows-msvc;-U_AMD64_;-UAMD64;-D_X86_=1;-Di386=1" },
        { "x86", "--target=i686-pc-windows-msvc;-U_AMD64_;-UAMD64;-D_X86_=1;-Di386=1" },
    };
    const char *platform = nc_evaluation_property(e, "Platform");

    for (size_t i = 0; i < sizeof platforms / sizeof *platforms; i++)
        if (strcasecmp(platforms[i].platform, platform) == 0)
            nc_split_list(platforms[i].flags, flags);
}

/* Older targets than the newest one change what the kit's headers declare. */
static void add_target_version(const struct nc_evaluation *e, struct nc_strlist *flags)
{
    static const char *const versions[][2] = {
        { "Windows7", "0x0601" }, { "Win7", "0x0601" },        { "Windows8", "0x0602" },
        { "Win8", "0x0602" },     { "WindowsV6.3", "0x0603" },
    };
    const char *target = nc_evaluation_property(e, "TargetVersion");

    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
        if (strcasecmp(versions[i][0], target) == 0) {
            nc_strlist_take(flags, nc_strformat("-DNTDDI_VERSION=%s0000", versions[i][1]));
            nc_strlist_take(flags, nc_strformat("-D_WIN32_WINNT=%s", versions[i][1]));
            nc_strlist_take(flags, nc_strformat("-DWINVER=%s", versions[i][1]));
        }
}

/* Versions of frameworks are properties that the toolset turns into macros. */
static void add_framework_versions(const struct nc_evaluation *e, struct nc_strlist *flags)
{
    static const char *const names[] = { "KMDF_VERSION_MAJOR", "KMDF_VERSION_MINOR", "ACX_VERSION_MAJOR",
                                         "ACX_VERSION_MINOR",  "SPB_VERSION_MAJOR",  "SPB_VERSION_MINOR" };
    bool kmdf = strcasecmp(nc_evaluation_property(e, "DriverType"), "KMDF") == 0;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = nc_evaluation_property(e, names[i]);

        if (!*value && kmdf && i < 2)
            value = i == 0 ? "1" : "15";
        if (*value)
            nc_strlist_take(flags, nc_strformat("-D%s=%s", names[i], value));
    }
}

static void add_toolset_flags(const struct nc_evaluation *e, struct nc_strlist *flags)
{
    const char *debug = nc_evaluation_property(e, "UseDebugLibraries");

    add_platform(e, flags);
    add_target_version(e, flags);
    add_framework_versions(e, flags);
    if (strcasecmp(*debug ? debug : nc_evaluation_property(e, "Configuration"), *debug ? "true" : "Debug") == 0)
        nc_strlist_add(flags, "-DDBG=1");
    if (strcasecmp(nc_evaluation_property(e, "CharacterSet"), "Unicode") == 0) {
        nc_strlist_add(flags, "-DUNICODE");
        nc_strlist_add(flags, "-D_UNICODE");
    }
}

static void add_language(const struct nc_item *item, struct nc_strlist *flags)
{
    static const char *const standards[][2] = {
        { "stdc11", "-std=c11" },     { "stdc17", "-std=c17" },         { "stdclatest", "-std=c23" },
        { "stdcpp14", "-std=c++14" }, { "stdcpp17", "-std=c++17" },     { "stdcpp20", "-std=c++20" },
        { "stdcpp23", "-std=c++23" }, { "stdcpplatest", "-std=c++23" },
    };
    static const char *const kinds[] = { "LanguageStandard", "LanguageStandard_C" };
    const char *language = metadata(item, "CompileAs");

    if (strcasecmp(language, "CompileAsC") == 0 || strcasecmp(language, "CompileAsCpp") == 0)
        add_flag(flags, "-x", language[10] ? "c++" : "c");
    for (size_t i = 0; i < sizeof standards / sizeof *standards; i++)
        for (size_t j = 0; j < 2; j++)
            if (strcasecmp(metadata(item, kinds[j]), standards[i][0]) == 0)
                nc_strlist_add(flags, standards[i][1]);
}

void nc_compile_flags(const struct nc_evaluation *e, const struct nc_item *item, const char *folder,
                      struct nc_strlist *flags, struct nc_strlist *notes)
{
    struct nc_strlist words = { 0 };
    const char *packing = metadata(item, "StructMemberAlignment");

    add_toolset_flags(e, flags);
    add_language(item, flags);
    add_folders(flags, "-I", metadata(item, "AdditionalIncludeDirectories"), folder);
    add_folders(flags, "-I", nc_evaluation_property(e, "IncludePath"), folder);
    add_folders(flags, "-isystem", nc_evaluation_property(e, "ExternalIncludePath"), folder);
    add_words(flags, "-D", metadata(item, "PreprocessorDefinitions"));
    add_words(flags, "-U", metadata(item, "UndefinePreprocessorDefinitions"));
    add_words(flags, "-include", metadata(item, "ForcedIncludeFiles"));
    if (strcasecmp(packing, "1Byte") == 0 || strcasecmp(packing, "2Bytes") == 0 || strcasecmp(packing, "4Bytes") == 0)
        nc_strlist_take(flags, nc_strformat("-fpack-struct=%c", packing[0]));
    nc_cl_split(metadata(item, "AdditionalOptions"), &words);
    nc_cl_flags(&words, 0, folder, flags, notes);
    nc_strlist_clear(&words);
    nc_flags_settle_language(flags, item->identity);
}
