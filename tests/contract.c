/* SPDX-License-Identifier: MIT */
/* contract [--attacks] [FILE|FOLDER…]: the promises of the public header (promises.h), asked of
 * every document there is. One parse may ask its allocator for 16 bytes an input byte and 1 MiB,
 * and for 64 and 1 MiB where the input is an attack: --attacks makes those of attacks/attacks.def.
 *
 * Prints a line for each document that breaks them and one for each argument. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attacks/attacks.h"
#include "folder.h"
#include "promises.h"

enum { BOUND = 16, ATTACK_BOUND = 64 };

static void check_file(struct promises *promises, const char *path)
{
    size_t length;
    unsigned char *bytes = read_whole(path, &length);
    promises_check(promises, path, bytes, length);
    free(bytes);
}

static void check_attacks(struct promises *promises)
{
    static const size_t lengths[] = {4000, 40000, 400000};
    unsigned char *bytes = malloc(400000);
    if (bytes == NULL)
        abort();
    promises->bound = ATTACK_BOUND;
    for (size_t i = 0; i < attack_count; i++)
        for (size_t k = 0; k < sizeof lengths / sizeof lengths[0]; k++)
            promises_check(promises, attacks[i].name, bytes,
                           attack_fill(&attacks[i], bytes, lengths[k]));
    free(bytes);
}

static bool is_letter(const char *path)
{
    return path_ends(path, ".txt") || path_ends(path, ".md") || path_ends(path, ".html") ||
           path_ends(path, ".htm");
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: contract [--attacks] FILE|FOLDER...\n", stderr);
        return 2;
    }
    struct promises promises;
    if (!promises_open(&promises, BOUND))
        return 2;
    size_t all = 0;
    for (int i = 1; i < argc; i++) {
        struct paths paths = {NULL, 0, 0};
        promises.documents = promises.broken = 0;
        promises.bound = BOUND;
        promises.most_memory = 0;
        if (strcmp(argv[i], "--attacks") == 0)
            check_attacks(&promises);
        else
            paths_add(&paths, argv[i], is_letter);
        for (size_t k = 0; k < paths.count; k++)
            check_file(&promises, paths.path[k]);
        printf("%s %s: %zu documents, %zu break the contract\n",
               promises.broken == 0 ? "ok" : "not ok", argv[i], promises.documents,
               promises.broken);
        printf("# memory: 1 MiB and %.1f bytes an input byte at most\n", promises.most_memory);
        all += promises.broken;
        paths_free(&paths);
    }
    return !promises_close(&promises) || all > 0;
}
