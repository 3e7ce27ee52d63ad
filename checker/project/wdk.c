#include "project/wdk.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "project/disk.h"
#include "report/paths.h"
#include "support/arena.h"

/* Orders names with numbers in them: 10.0.9 before 10.0.22621. */
static int compare_versions(const char *a, const char *b)
{
    while (*a && *b) {
        if (strchr("0123456789", *a) && strchr("0123456789", *b)) {
            char *end_a, *end_b;
            unsigned long x = strtoul(a, &end_a, 10), y = strtoul(b, &end_b, 10);

            if (x != y)
                return x < y ? -1 : 1;
            a = end_a;
            b = end_b;
        } else if (*a != *b) {
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        } else {
            a++;
            b++;
        }
    }
    return *a ? 1 : *b ? -1 : 0;
}

/* The folder in `folder` with the highest name that `pattern` matches and that holds `member` (may be NULL), or NULL.
 */
static char *newest(const char *folder, const char *pattern, const char *member)
{
    DIR *directory = opendir(folder);
    char *best = NULL;
    struct dirent *entry;

    while (directory && (entry = readdir(directory)) != NULL) {
        char *path, *inside;

        if (entry->d_name[0] == '.' || !nc_disk_match(pattern, entry->d_name) ||
            (best && compare_versions(entry->d_name, nc_path_name(best)) <= 0))
            continue;
        path = nc_path_join(folder, entry->d_name);
        inside = nc_disk_path(member ? member : ".", path);
        if (nc_disk_is_folder(inside)) {
            free(best);
            best = path;
            path = NULL;
        }
        free(inside);
        free(path);
    }
    if (directory)
        closedir(directory);
    return best;
}

static char *subfolder(const char *folder, const char *name)
{
    char *path = folder ? nc_disk_path(name, folder) : NULL;

    if (path && nc_disk_is_folder(path))
        return path;
    free(path);
    return NULL;
}

static void fill(char **field, const char *folder, const char *name)
{
    if (!*field)
        *field = subfolder(folder, name);
}

/* An "Include" folder: INCLUDE/VERSION/km, INCLUDE/wdf/kmdf/1.33. */
static void read_include(struct nc_wdk *wdk, const char *include)
{
    char *version = wdk->km ? newest(include, "10.*", "shared") : newest(include, "*", "km");
    char *wdf = subfolder(include, "wdf/kmdf");

    if (!version)
        version = newest(include, "10.*", "shared");
    if (version && !wdk->version)
        wdk->version = nc_strcopy(nc_path_name(version));
    fill(&wdk->km, version, "km");
    fill(&wdk->km, include, "km"); /* a copy without a folder for the version */
    fill(&wdk->shared, version, "shared");
    fill(&wdk->shared, include, "shared");
    fill(&wdk->um, version, "um");
    fill(&wdk->um, include, "um");
    fill(&wdk->ucrt, version, "ucrt");
    fill(&wdk->ucrt, include, "ucrt");
    if (wdf && !wdk->kmdf)
        wdk->kmdf = newest(wdf, "*", NULL);
    free(wdf);
    free(version);
}

static void add_include(struct nc_wdk *wdk, const char *folder)
{
    if (folder)
        nc_strlist_add(&wdk->includes, folder);
}

static void finish(struct nc_wdk *wdk)
{
    char *crt = subfolder(wdk->km, "crt");

    add_include(wdk, wdk->km);
    add_include(wdk, crt);
    add_include(wdk, wdk->kmdf);
    add_include(wdk, wdk->shared);
    add_include(wdk, wdk->um);
    add_include(wdk, wdk->ucrt);
    free(crt);
}

/* A folder with an Include folder in it, or one itself. */
static void read_root(struct nc_wdk *wdk, const char *root)
{
    static const char *const places[] = { "Include", "c/Include", "10/Include", "Windows Kits/10/Include", "." };

    for (size_t i = 0; i < sizeof places / sizeof *places && !wdk->km; i++) {
        char *include = subfolder(root, places[i]);

        if (include)
            read_include(wdk, include);
        free(include);
    }
}

/* A folder of NuGet packages: NAME.VERSION beside each other, or NAME/VERSION in the user's cache. */
static void read_packages(struct nc_wdk *wdk, const char *packages)
{
    static const char *const names[] = { "Microsoft.Windows.WDK.x64",     "Microsoft.Windows.WDK.arm64",
                                         "Microsoft.Windows.WDK",         "Microsoft.Windows.SDK.CPP",
                                         "Microsoft.Windows.SDK.CPP.x64", "Microsoft.Windows.SDK.CPP.arm64" };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *pattern = nc_strformat("%s.10.*", names[i]);
        char *package = newest(packages, pattern, "c/Include"), *cache = subfolder(packages, names[i]);

        if (!package && cache)
            package = newest(cache, "*", "c/Include");
        if (package) {
            char *include = nc_disk_path("c/Include", package);

            read_include(wdk, include);
            if (!wdk->root)
                wdk->root = nc_strcopy(package);
            free(include);
        }
        free(pattern);
        free(package);
        free(cache);
    }
}

int nc_wdk_read(struct nc_wdk *wdk, const char *folder, char **error)
{
    char *root = nc_disk_path(folder, NULL), *packages;

    *wdk = (struct nc_wdk){ 0 };
    read_root(wdk, root);
    if (!wdk->km)
        read_packages(wdk, root);
    packages = wdk->km ? NULL : subfolder(root, "packages");
    if (packages)
        read_packages(wdk, packages);
    free(packages);
    if (wdk->km) {
        finish(wdk);
        if (!wdk->root)
            wdk->root = root;
        else
            free(root);
        return 0;
    }
    if (nc_disk_is_folder(root))
        *error = nc_strformat("there is no driver kit in '%s': no folder Include/VERSION/km", folder);
    else
        *error = nc_strformat("cannot read '%s': no such folder", folder);
    free(root);
    nc_wdk_clear(wdk);
    return 2;
}

void nc_wdk_find(struct nc_wdk *wdk, const char *near)
{
    const char *content = getenv("WDKContentRoot"), *cache = getenv("NUGET_PACKAGES"), *home = getenv("HOME");
    char *error = NULL, *packages = NULL, *user = NULL;

    *wdk = (struct nc_wdk){ 0 };
    if (content && *content && nc_wdk_read(wdk, content, &error) == 0)
        return;
    free(error);
    *wdk = (struct nc_wdk){ 0 };
    packages = nc_disk_find_above(near, "packages");
    if (packages)
        read_packages(wdk, packages);
    if (!wdk->km && cache && *cache)
        read_packages(wdk, cache);
    if (!wdk->km && home && *home) {
        user = nc_path_join(home, ".nuget/packages");
        read_packages(wdk, user);
    }
    free(user);
    free(packages);
    if (wdk->km)
        finish(wdk);
    else
        nc_wdk_clear(wdk); /* an SDK alone is no driver kit */
}

void nc_wdk_clear(struct nc_wdk *wdk)
{
    free(wdk->root);
    free(wdk->version);
    free(wdk->km);
    free(wdk->shared);
    free(wdk->um);
    free(wdk->ucrt);
    free(wdk->kmdf);
    nc_strlist_clear(&wdk->includes);
    *wdk = (struct nc_wdk){ 0 };
}

void nc_wdk_properties(const struct nc_wdk *wdk, struct nc_properties *p)
{
    const struct {
        const char *name, *value;
    } folders[] = {
        { "DDK_INC_PATH", wdk->km },
        { "KM_IncludePath", wdk->km },
        { "IFSKIT_INC_PATH", wdk->km },
        { "SDK_INC_PATH", wdk->um },
        { "UM_IncludePath", wdk->um },
        { "WDK_UM_INC_PATH", wdk->um },
        { "KIT_SHARED_INC_PATH", wdk->shared },
        { "KIT_SHARED_INC_PATH_WDK", wdk->shared },
        { "UniversalCRT_IncludePath", wdk->ucrt },
    };

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (folders[i].value)
            nc_properties_set(p, folders[i].name, folders[i].value);
    if (wdk->root) {
        char *slash = nc_strformat("%s/", wdk->root);

        nc_properties_set(p, "WDKContentRoot", slash);
        nc_properties_set(p, "WindowsSdkDir", slash);
        free(slash);
    }
}
