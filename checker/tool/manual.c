#include "tool/manual.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "report/report.h"
#include "report/rules.h"

/* roff takes a leading dot or quote as a request, and '-' as a hyphen. */
static void print_roff(const char *text)
{
    for (; *text; text++) {
        if (*text == '-')
            fputs("\\-", stdout);
        else if (*text == '\\')
            fputs("\\e", stdout);
        else
            putchar(*text);
    }
}

static void print_option(const char *name, char letter, const char *argument, const char *help)
{
    puts(".TP");
    if (letter)
        printf("\\fB\\-%c\\fR, ", letter);
    fputs("\\fB\\-\\-", stdout);
    print_roff(name);
    printf("\\fR%s%s%s\n", argument ? " \\fI" : "", argument ? argument : "", argument ? "\\fR" : "");
    print_roff(help);
    puts(".");
}

int nc_print_manual(void)
{
    printf(".TH NMRCHECK 1 \"\" \"nmrcheck %s\"\n", nc_version());
    puts(".SH NAME\nnmrcheck \\- find Network Module Registrar and IRQL defects in Windows drivers\n"
         ".SH SYNOPSIS\n\\fBnmrcheck\\fR [\\fIOPTION\\fR...] \\fIPATH\\fR... [\\-\\- \\fICOMPILER\\-FLAG\\fR...]\n.br\n"
         "\\fBnmrcheck lsp\\fR\n"
         ".SH DESCRIPTION\nChecks a driver as a whole: its source files, the folders that hold them, or modules that "
         "the Clang\n"
         "plugin or \\fB\\-\\-emit\\-module\\fR wrote. \\fBnmrcheck lsp\\fR is a language server for editors.");
#define NC_OPTION(symbol, name, letter, argument, help) print_option(name, letter, argument, help);
#define NC_OPTION_GROUP(title)                          puts(".SH \"" title "\"");
#include "tool/options.def"
    puts(".SH RULES");
    for (size_t i = 0; i < nc_rule_count(); i++) {
        fputs(".TP\n\\fB", stdout);
        print_roff(nc_rule_at(i)->id);
        fputs("\\fR\n", stdout);
        print_roff(nc_rule_at(i)->title);
        puts(".");
    }
    puts(".SH SUPPRESSIONS\n\\fB// nmrcheck: allow(\\fIrule\\-id\\fB) \\fIreason\\fR on a line, or alone on the line "
         "above.\n"
         ".SH FILES\n\\fI.nmrcheck.yaml\\fR, found upwards from the first path, holds a project's options.\n"
         ".SH \"EXIT STATUS\"\n0 nothing found, 1 findings, 2 it could not do its job.");
    return 0;
}

struct choice {
    const char *option, *values;
};

static const struct choice choices[] = {
    { "format", "text sarif json github msvc junit html" },
    { "color", "auto always never" },
    { "dump", "callgraph entries trace" },
    { "completion", "bash zsh fish" },
};

static const char *choices_of(const char *option)
{
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        if (strcmp(choices[i].option, option) == 0)
            return choices[i].values;
    return NULL;
}

static bool takes_rule(const char *option)
{
    return strcmp(option, "rule") == 0 || strcmp(option, "disable") == 0 || strcmp(option, "explain") == 0;
}

static void print_rule_ids(void)
{
    for (size_t i = 0; i < nc_rule_count(); i++)
        printf("%s%s", i ? " " : "", nc_rule_at(i)->id);
}

static void bash_case(const char *name, const char *argument)
{
    if (!argument)
        return;
    printf("    --%s) ", name);
    if (takes_rule(name)) {
        fputs("COMPREPLY=($(compgen -W \"", stdout);
        print_rule_ids();
        puts("\" -- \"$word\")); return ;;");
    } else if (choices_of(name)) {
        printf("COMPREPLY=($(compgen -W \"%s\" -- \"$word\")); return ;;\n", choices_of(name));
    } else {
        puts("COMPREPLY=($(compgen -f -- \"$word\")); return ;;");
    }
}

static void print_bash(void)
{
    puts("_nmrcheck() {\n    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
         "    [ \"$before\" = = ] && before=${COMP_WORDS[COMP_CWORD-2]}\n    case $before in");
#define NC_OPTION(symbol, name, letter, argument, help) bash_case(name, argument);
#define NC_OPTION_GROUP(title)
#include "tool/options.def"
    fputs("    esac\n    case $word in\n    -*) COMPREPLY=($(compgen -W \"", stdout);
#define NC_OPTION(symbol, name, letter, argument, help) fputs("--" name " ", stdout);
#define NC_OPTION_GROUP(title)
#include "tool/options.def"
    puts("\" -- \"$word\")) ;;\n    *) COMPREPLY=($(compgen -f -- \"$word\")) ;;\n    esac\n}\n"
         "complete -o filenames -F _nmrcheck nmrcheck");
}

static void zsh_option(const char *name, const char *argument, const char *help)
{
    printf("    '--%s%s[", name, argument ? "=" : "");
    for (; *help; help++)
        fputs(*help == '\'' ? "'\\''" : *help == '[' || *help == ']' ? "" : (char[]){ *help, 0 }, stdout);
    fputs("]", stdout);
    if (argument && takes_rule(name)) {
        fputs(":rule:(", stdout);
        print_rule_ids();
        fputs(")", stdout);
    } else if (argument && choices_of(name)) {
        printf(":value:(%s)", choices_of(name));
    } else if (argument) {
        fputs(":file:_files", stdout);
    }
    puts("' \\");
}

static void print_zsh(void)
{
    puts("#compdef nmrcheck\n_arguments \\");
#define NC_OPTION(symbol, name, letter, argument, help) zsh_option(name, argument, help);
#define NC_OPTION_GROUP(title)
#include "tool/options.def"
    puts("    '*:path:_files'");
}

static void fish_option(const char *name, char letter, const char *argument, const char *help)
{
    printf("complete -c nmrcheck -l %s", name);
    if (letter)
        printf(" -s %c", letter);
    if (argument && takes_rule(name)) {
        fputs(" -x -a '", stdout);
        print_rule_ids();
        fputs("'", stdout);
    } else if (argument && choices_of(name)) {
        printf(" -x -a '%s'", choices_of(name));
    } else if (argument) {
        fputs(" -r", stdout);
    }
    fputs(" -d '", stdout);
    for (; *help; help++)
        fputs(*help == '\'' ? "\\'" : (char[]){ *help, 0 }, stdout);
    puts("'");
}

static void print_fish(void)
{
#define NC_OPTION(symbol, name, letter, argument, help) fish_option(name, letter, argument, help);
#define NC_OPTION_GROUP(title)
#include "tool/options.def"
}

int nc_print_completion(const char *shell)
{
    if (strcmp(shell, "bash") == 0)
        print_bash();
    else if (strcmp(shell, "zsh") == 0)
        print_zsh();
    else if (strcmp(shell, "fish") == 0)
        print_fish();
    else {
        fprintf(stderr, "nmrcheck: completion is there for bash, zsh and fish, not for '%s'\n", shell);
        return 2;
    }
    return 0;
}
