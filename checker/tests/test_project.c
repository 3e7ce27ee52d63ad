/* Projects: conditions, properties, imports, items, command lines, solutions, kits, and what is wrong with them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "project/cl.h"
#include "project/condition.h"
#include "project/disk.h"
#include "project/include_index.h"
#include "project/language.h"
#include "project/project_set.h"
#include "project/solution.h"
#include "project/wdk.h"
#include "report/paths.h"

/* A folder of its own for each test. */
struct fixture {
    char root[64];
};

static int set_up(void **state)
{
    struct fixture *f = malloc(sizeof *f);

    strcpy(f->root, "/tmp/nmrcheck-project-XXXXXX");
    if (!f || !mkdtemp(f->root))
        return 1;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    char *command = nc_strformat("rm -rf '%s'", f->root);
    int result = system(command);

    free(command);
    free(f);
    return result != 0;
}

static void write_file(const struct fixture *f, const char *name, const char *text)
{
    char *path = nc_path_join(f->root, name);
    FILE *file;

    for (char *slash = strchr(path + strlen(f->root) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0777);
        *slash = '/';
    }
    file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(path);
}

static int read_project(const struct fixture *f, const char *name, const struct nc_project_options *options,
                        struct nc_project *p, char **error)
{
    static const struct nc_project_options none;
    char *path = nc_path_join(f->root, name);
    int result;

    *error = NULL;
    result = nc_project_read(p, path, options ? options : &none, error);
    free(path);
    return result;
}

/* All flags of a source, separated by blanks. */
static char *flags_of(const struct nc_project *p, size_t i)
{
    char *text = nc_strcopy("");

    for (size_t j = 0; j < p->sources[i].flags.count; j++) {
        char *longer = nc_strformat("%s%s%s", text, *text ? " " : "", p->sources[i].flags.items[j]);

        free(text);
        text = longer;
    }
    return text;
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part))
        fail_msg("'%s' is not in '%s'", part, text);
}

static void conditions(void **state)
{
    static const struct {
        const char *text;
        bool result;
    } cases[] = {
        { "'$(Configuration)|$(Platform)'=='Release|x64'", true },
        { "'$(configuration)' == 'release'", true },
        { "'$(Nothing)' == ''", true },
        { "'a'=='b' or ('x' != 'y' and !('1' == '2'))", true },
        { "'a'=='b' and 'c'=='c'", false },
        { "$(Version) < 11 And $(Version)>=10.0", true },
        { "'$(Version)' == '10.0'", true },
        { "Exists('/') AND !exists('/no/such/thing')", true },
        { "'$(Nothing)' != '' and '$(Nothing)' >= '10.0'", false },
        { "true", true },
        { "!$(False)", true },
        { "HasTrailingSlash('a/')", true },
        { "'$(Platform.Replace('64', ''))' == 'x'", true },
        { "'a' == ", false },
        { "((('", false },
        { "'$(Version)' < 'word'", false },
    };
    struct nc_properties properties = { 0 };
    struct nc_strlist notes = { 0 };
    size_t budget = 100000;
    struct nc_scope scope = {
        .properties = &properties, .file = "/p/a.vcxproj", .folder = "/p", .notes = &notes, .budget = &budget
    };

    (void)state;
    nc_properties_set(&properties, "Configuration", "Release");
    nc_properties_set(&properties, "Platform", "x64");
    nc_properties_set(&properties, "Version", "10.0");
    nc_properties_set(&properties, "False", "false");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (nc_condition(&scope, cases[i].text) != cases[i].result)
            fail_msg("%s", cases[i].text);
    assert_int_equal(notes.count, 3); /* the last three are not understood */
    nc_strlist_clear(&notes);
    nc_properties_clear(&properties);
}

static const char driver_text[] =
    "<Project xmlns='http://schemas.microsoft.com/developer/msbuild/2003'>\n"
    " <ItemGroup><ProjectConfiguration Include='Debug|x64'/><ProjectConfiguration Include='Release|x64'/></ItemGroup>\n"
    " <Import Project='$(VCTargetsPath)\\Microsoft.Cpp.Default.props'/>\n"
    " <PropertyGroup><Platform>Desktop</Platform><ConfigurationType>Driver</ConfigurationType>\n"
    "  <DriverType>KMDF</DriverType><PlatformToolset>WindowsKernelModeDriver10.0</PlatformToolset></PropertyGroup>\n"
    " <Import Project='Sheets\\*.props'/>\n"
    " <ItemDefinitionGroup Condition=\"'$(Configuration)'=='Debug'\"><ClCompile>\n"
    "  <PreprocessorDefinitions>CHECKED;%(PreprocessorDefinitions)</PreprocessorDefinitions></ClCompile>\n"
    " </ItemDefinitionGroup>\n"
    " <ItemGroup>\n"
    "  <ClCompile Include='SRC\\**\\*.c' Exclude='src\\old.c'/>\n"
    "  <ClCompile Include='special.cpp'><ForcedIncludeFiles>all.h</ForcedIncludeFiles>\n"
    "   <PreprocessorDefinitions>NAME=\\\"text\\\";A=1%3B2;%(PreprocessorDefinitions)</PreprocessorDefinitions>\n"
    "   <AdditionalOptions>/std:c++20 /DOPTION /I \"my inc\" %(AdditionalOptions)</AdditionalOptions></ClCompile>\n"
    "  <ClCompile Include='left_out.c'><ExcludedFromBuild Condition=\"'$(Platform)'=='x64'\">true</ExcludedFromBuild>\n"
    "  </ClCompile>\n"
    " </ItemGroup>\n"
    " <Import Project='$(VCTargetsPath)\\Microsoft.Cpp.targets'/>\n"
    "</Project>\n";

static void write_driver(const struct fixture *f)
{
    write_file(f, "Directory.Build.props", "<Project><PropertyGroup><Common>yes</Common></PropertyGroup></Project>");
    write_file(f, "drv/drv.vcxproj", driver_text);
    write_file(f, "drv/sheets/one.props",
               "<Project><ItemDefinitionGroup Condition=\"'$(Common)'=='yes'\"><ClCompile>"
               "<AdditionalIncludeDirectories>$(MSBuildThisFileDirectory)..\\Inc;nowhere</AdditionalIncludeDirectories>"
               "</ClCompile></ItemDefinitionGroup></Project>");
    write_file(f, "drv/inc/x.h", "");
    write_file(f, "drv/my inc/x.h", "");
    write_file(f, "drv/src/a.c", "");
    write_file(f, "drv/src/deep/b.c", "");
    write_file(f, "drv/src/old.c", "");
    write_file(f, "drv/special.cpp", "");
}

static void projects(void **state)
{
    const struct fixture *f = *state;
    struct nc_project_options debug = { .configuration = "Debug" };
    struct nc_project p;
    char *error, *flags, *inc = nc_strformat("-I %s/drv/inc", f->root);

    write_driver(f);
    assert_int_equal(read_project(f, "drv/drv.vcxproj", NULL, &p, &error), 0);
    assert_int_equal(p.kind, NC_PROJECT_DRIVER);
    assert_string_equal(p.name, "drv");
    assert_string_equal(p.platform, "x64");
    assert_int_equal(p.source_count, 3);
    assert_string_equal(nc_path_name(p.sources[0].path), "a.c");
    assert_string_equal(nc_path_name(p.sources[1].path), "b.c");
    flags = flags_of(&p, 0);
    assert_has(flags, inc);
    assert_has(flags, "-DKMDF_VERSION_MAJOR=1");
    assert_null(strstr(flags, "CHECKED"));
    assert_null(strstr(flags, "nowhere"));
    free(flags);
    flags = flags_of(&p, 2);
    assert_has(flags, "-D NAME=\"text\"");
    assert_has(flags, "-D A=1;2");
    assert_has(flags, "-include all.h");
    assert_has(flags, "-std=c++20 -D OPTION");
    assert_has(flags, "/my inc");
    free(flags);
    nc_project_clear(&p);

    assert_int_equal(read_project(f, "drv/drv.vcxproj", &debug, &p, &error), 0);
    flags = flags_of(&p, 0);
    assert_has(flags, "-D CHECKED");
    assert_has(flags, "-DDBG=1");
    free(flags);
    nc_project_clear(&p);
    free(inc);
}

static void broken_projects(void **state)
{
    const struct fixture *f = *state;
    struct nc_project p;
    char *error, *deep = nc_strcopy("<Project><PropertyGroup><A>0123456789abcdef</A>");

    for (int i = 0; i < 40; i++) {
        char *longer = nc_strformat("%s<A>$(A)$(A)$(A)</A>", deep);

        free(deep);
        deep = longer;
    }
    write_file(f, "huge.vcxproj", deep);
    free(deep);
    write_file(f, "cycle.vcxproj", "<Project><Import Project='a.props'/></Project>");
    write_file(f, "a.props", "<Project><Import Project='B.props'/></Project>");
    write_file(f, "b.props", "<Project><Import Project='a.props'/></Project>");
    write_file(f, "cut.vcxproj", "<Project><ItemGroup><ClCompile Inc");
    write_file(f, "other.vcxproj", "<html/>");
    write_file(f, "empty.vcxproj", "");
    write_file(f, "entity.vcxproj", "<!DOCTYPE a [<!ENTITY b 'c'>]><Project/>");
    write_file(f, "grow.vcxproj",
               "<Project><PropertyGroup><A>0123456789abcdef</A></PropertyGroup><PropertyGroup><A>$(A)$(A)$(A)$(A)"
               "$(A)$(A)$(A)$(A)</A><A>$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)</A>"
               "<A>$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)</A>"
               "<A>$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)</A>"
               "<A>$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)</A>"
               "<A>$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)</A>"
               "<A>$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)</A>"
               "<A>$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)$(A)</A>"
               "</PropertyGroup></Project>");
    static const struct {
        const char *name, *message;
    } cases[] = {
        { "cycle.vcxproj", "imports itself" }, { "cut.vcxproj", "cut.vcxproj:1" },
        { "other.vcxproj", "not a project" },  { "empty.vcxproj", "empty.vcxproj" },
        { "none.vcxproj", "cannot read" },     { "huge.vcxproj", "huge.vcxproj" },
        { "entity.vcxproj", "not a project" }, { "grow.vcxproj", "grow without end" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(read_project(f, cases[i].name, NULL, &p, &error), 2);
        assert_has(error, cases[i].message);
        assert_null(strchr(error, '\n'));
        free(error);
        nc_project_clear(&p);
    }
}

static void solutions(void **state)
{
    const struct fixture *f = *state;
    struct nc_project_options none = { 0 };
    struct nc_project_set set = { 0 };
    char *path = nc_path_join(f->root, "all.sln"), *xml = nc_path_join(f->root, "all.slnx"), *error = NULL, *above;
    bool members[3];

    write_driver(f);
    write_file(f, "lib/lib.vcxproj",
               "<Project><PropertyGroup><ConfigurationType>StaticLibrary</ConfigurationType>"
               "<PlatformToolset>WindowsKernelModeDriver10.0</PlatformToolset></PropertyGroup>"
               "<ItemGroup><ClCompile Include='lib.c'/></ItemGroup></Project>");
    write_file(f, "lib/lib.c", "");
    write_file(f, "two/two.vcxproj",
               "<Project><PropertyGroup><ConfigurationType>Driver</ConfigurationType></PropertyGroup>"
               "<ItemGroup><ClCompile Include='two.c'/><ProjectReference Include='..\\LIB\\lib.vcxproj'/></ItemGroup>"
               "</Project>");
    write_file(f, "two/two.c", "");
    write_file(f, "all.sln",
               "Microsoft Visual Studio Solution File, Format Version 12.00\r\n"
               "Project(\"{8B}\") = \"drv\", \"drv\\drv.vcxproj\", \"{1}\"\r\nEndProject\r\n"
               "Project(\"{8B}\") = \"two\", \"TWO\\two.vcxproj\", \"{2}\"\r\nEndProject\r\n"
               "Project(\"{8B}\") = \"gone\", \"gone\\gone.vcxproj\", \"{3}\"\r\nEndProject\r\n"
               "\t\t{1}.Release|x64.ActiveCfg = Debug|x64\r\n");
    write_file(f, "all.slnx", "<Solution><Folder Name='/a/'><Project Path='two/two.vcxproj'/></Folder></Solution>");
    assert_int_equal(nc_project_set_add_solution(&set, path, &none, &error), 0);
    assert_int_equal(set.count, 3);
    assert_int_equal(set.missing.count, 1);
    assert_string_equal(set.items[0].configuration, "Debug");
    nc_project_set_closure(&set, 0, members);
    assert_false(members[2]);
    nc_project_set_closure(&set, 1, members);
    assert_true(members[2]);
    above = nc_solution_above(set.items[0].path);
    assert_string_equal(above, path);
    free(above);
    nc_project_set_clear(&set);

    assert_int_equal(nc_project_set_add_solution(&set, xml, &none, &error), 0);
    assert_int_equal(set.count, 2);
    nc_project_set_clear(&set);
    nc_project_set_add_folder(&set, f->root, &none);
    assert_int_equal(set.count, 3);
    nc_project_set_clear(&set);

    write_file(f, "all.sln", "nonsense");
    assert_int_equal(nc_project_set_add_solution(&set, path, &none, &error), 2);
    assert_has(error, "not a Visual Studio solution");
    free(error);
    free(path);
    free(xml);
}

static void command_lines(void **state)
{
    const struct fixture *f = *state;
    struct nc_strlist words = { 0 }, flags = { 0 }, notes = { 0 };
    static const char *const expected[] = { "-D", "A=\"b c\"", "-include", "x.h", "-x", "c++", "-D", "B=1", NULL };

    write_file(f, "more.rsp", "/DB#1 @more.rsp\r\n");
    nc_cl_split(
        "cl.exe /nologo /DA=\"\\\"b c\\\"\" /FI x.h /Yupre.h /TP /c /Fo\"out dir\\\\\" /Data/a.c @More.rsp /std:c17",
        &words);
    assert_true(nc_cl_is_compiler("C:\\VC\\CL.EXE"));
    assert_true(nc_cl_is_compiler("clang-cl"));
    assert_false(nc_cl_is_compiler("clang"));
    nc_cl_flags(&words, 1, f->root, &flags, &notes);
    nc_flags_settle_language(&flags, "a.c");
    for (size_t i = 0; expected[i]; i++) {
        assert_true(i < flags.count);
        assert_string_equal(flags.items[i], expected[i]);
    }
    assert_string_equal(flags.items[flags.count - 1], "-std=c++17");
    assert_int_equal(notes.count, 1); /* the response file names itself */
    nc_strlist_clear(&words);
    nc_strlist_clear(&flags);
    nc_strlist_clear(&notes);
}

static void kits(void **state)
{
    const struct fixture *f = *state;
    char *kit = nc_path_join(f->root, "kit"), *nuget = nc_path_join(f->root, "src"), *error = NULL;
    struct nc_wdk wdk;

    write_file(f, "kit/Include/10.0.9.0/km/ntddk.h", "");
    write_file(f, "kit/Include/10.0.22621.0/KM/ntddk.h", "");
    write_file(f, "kit/Include/10.0.22621.0/shared/ntdef.h", "");
    write_file(f, "kit/Include/wdf/kmdf/1.33/wdf.h", "");
    assert_int_equal(nc_wdk_read(&wdk, kit, &error), 0);
    assert_string_equal(wdk.version, "10.0.22621.0");
    assert_has(wdk.km, "/KM");
    assert_has(wdk.kmdf, "1.33");
    nc_wdk_clear(&wdk);
    assert_int_equal(nc_wdk_read(&wdk, f->root, &error), 2);
    assert_has(error, "no driver kit");
    free(error);

    write_file(f, "packages/Microsoft.Windows.WDK.x64.10.0.26100.1/c/Include/10.0.26100.0/km/ntddk.h", "");
    write_file(f, "packages/Microsoft.Windows.SDK.CPP.10.0.26100.1/c/Include/10.0.26100.0/shared/ntdef.h", "");
    write_file(f, "src/a.c", "");
    unsetenv("WDKContentRoot");
    nc_wdk_find(&wdk, nuget);
    assert_non_null(wdk.km);
    assert_non_null(wdk.shared);
    assert_has(wdk.shared, "SDK.CPP");
    assert_int_equal(wdk.includes.count, 2);
    nc_wdk_clear(&wdk);
    free(kit);
    free(nuget);
}

static void includes(void **state)
{
    const struct fixture *f = *state;
    struct nc_include_index *index = nc_include_index_new(f->root);
    char *source = nc_path_join(f->root, "a/b/x.c"), *found;

    write_file(f, "a/b/x.c", "");
    write_file(f, "a/Inc/common.h", "");
    write_file(f, "z/inc/common.h", "");
    write_file(f, "z/other.h", "");
    found = nc_include_index_find(index, source, "INC\\Common.H");
    assert_has(found, "/a/Inc/common.h");
    free(found);
    found = nc_include_index_find(index, source, "../../nowhere/../other.h");
    assert_has(found, "/z/other.h");
    free(found);
    assert_null(nc_include_index_find(index, source, "none.h"));
    assert_null(nc_include_index_find(index, source, "../"));
    nc_include_index_free(index);
    free(source);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions),
        cmocka_unit_test_setup_teardown(projects, set_up, tear_down),
        cmocka_unit_test_setup_teardown(broken_projects, set_up, tear_down),
        cmocka_unit_test_setup_teardown(solutions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(command_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(kits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(includes, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
