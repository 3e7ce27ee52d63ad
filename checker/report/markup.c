#include "report/markup.h"

#include <string.h>

void nc_markup_text(const char *text, FILE *out) { nc_markup_text_n(text, strlen(text), out); }

/* Length of the valid UTF-8 sequence at text, or 0. */
static size_t sequence_length(const unsigned char *text, size_t left)
{
    size_t n = text[0] < 0x80                      ? 1
               : text[0] >= 0xC2 && text[0] < 0xE0 ? 2
               : text[0] >= 0xE0 && text[0] < 0xF0 ? 3
               : text[0] >= 0xF0 && text[0] < 0xF5 ? 4
                                                   : 0;

    if (n == 0 || n > left)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((text[i] & 0xC0) != 0x80)
            return 0;
    return n;
}

void nc_markup_text_n(const char *text, size_t length, FILE *out)
{
    for (size_t i = 0; i < length;) {
        size_t n = sequence_length((const unsigned char *)text + i, length - i);
        char c = text[i];

        if (n == 0) {
            fputs("\xEF\xBF\xBD", out);
            i++;
            continue;
        }
        if (c == '<')
            fputs("&lt;", out);
        else if (c == '>')
            fputs("&gt;", out);
        else if (c == '&')
            fputs("&amp;", out);
        else if (c == '"')
            fputs("&quot;", out);
        else if (n == 1 && (unsigned char)c < 0x20 && c != '\n' && c != '\t')
            fputc('?', out);
        else
            fwrite(text + i, 1, n, out);
        i += n;
    }
}
