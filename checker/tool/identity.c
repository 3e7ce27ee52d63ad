#include "tool/identity.h"

#include <elf.h>
#include <inttypes.h>
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* The linker's hash of what it linked, hexadecimal. */
static int find_build_id(struct dl_phdr_info *object, size_t size, void *user)
{
    char *text = user;

    (void)size;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &object->dlpi_phdr[i];
        const char *at = (const char *)(object->dlpi_addr + header->p_vaddr), *end = at + header->p_memsz;

        if (header->p_type != PT_NOTE)
            continue;
        while ((size_t)(end - at) >= sizeof(ElfW(Nhdr))) {
            ElfW(Nhdr) note;
            size_t name, content;

            memcpy(&note, at, sizeof note);
            name = (note.n_namesz + 3u) & ~3u;
            content = (note.n_descsz + 3u) & ~3u;
            at += sizeof note;
            if (name + content > (size_t)(end - at))
                break;
            if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && memcmp(at, "GNU", 4) == 0)
                for (unsigned j = 0; j < note.n_descsz && j < 32; j++)
                    snprintf(text + 2 * j, 3, "%02x", (unsigned char)at[name + j]);
            at += name + content;
        }
    }
    return 1; /* the first object is the program */
}

void nc_identity(char text[NC_IDENTITY_SIZE])
{
    struct stat status;

    text[0] = '\0';
    dl_iterate_phdr(find_build_id, text);
    if (text[0])
        return;
    /* A linker without build ids: the file stands for its content. */
    if (stat("/proc/self/exe", &status) == 0)
        snprintf(text, NC_IDENTITY_SIZE, "%ju %ju %jd %jd.%09ld", (uintmax_t)status.st_dev, (uintmax_t)status.st_ino,
                 (intmax_t)status.st_size, (intmax_t)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}
