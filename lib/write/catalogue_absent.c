/* SPDX-License-Identifier: MIT */
/* In place of catalogue.c, where the library is built without SQLite. */
#include <stdlib.h>
#include <string.h>

#include "writer.h"

cchc_status cchc_catalogue_open(const char *path, cchc_catalogue **catalogue, char **message)
{
    static const char words[] = "the library was built without SQLite";
    if (path == NULL || path[0] == '\0' || catalogue == NULL)
        return CCHC_INVALID;
    char *copy = message != NULL ? malloc(sizeof words) : NULL;
    if (copy != NULL)
        *message = memcpy(copy, words, sizeof words);
    return CCHC_INVALID;
}

cchc_status cchc_catalogue_add(cchc_catalogue *catalogue, const cchc_letter *letter, char **message)
{
    (void)catalogue;
    (void)letter;
    (void)message;
    return CCHC_INVALID;
}

cchc_status cchc_catalogue_commit(cchc_catalogue *catalogue, char **message)
{
    (void)catalogue;
    (void)message;
    return CCHC_INVALID;
}

cchc_status cchc_catalogue_close(cchc_catalogue *catalogue, char **message)
{
    (void)message;
    return catalogue == NULL ? CCHC_OK : CCHC_INVALID;
}

void cchc_message_free(char *message)
{
    free(message);
}

const struct cchci_writer_format cchci_sqlite_format = {
    .row = {"sqlite", CCHC_FORMAT_CATALOGUE, ".db", false},
};
