/* SPDX-License-Identifier: MIT */
/* SARIF has the files in an array of their own, which stands before or behind that of the findings;
 * on the disk it needs no memory however many they are. */
#include <errno.h>
#include <string.h>

#include "lint.h"
#include "messages.h"

bool lint_open(struct lint *lint, const struct options *options, const struct format *format,
               const cchc_parser *parser)
{
    *lint = (struct lint){parser, options, NULL};
    if (strcmp(format->name, "sarif") != 0)
        return true;
    lint->spool = tmpfile();
    if (lint->spool == NULL)
        complain_of("a temporary file", strerror(errno));
    return lint->spool != NULL;
}

void lint_close(struct lint *lint)
{
    if (lint->spool != NULL)
        (void)fclose(lint->spool);
    lint->spool = NULL;
}

static bool spool_failed(struct delivery *delivery)
{
    complain_of("a temporary file", strerror(errno));
    delivery->not_written = true;
    return false;
}

bool lint_take(struct lint *lint, struct delivery *delivery, const struct slot *slot)
{
    if (lint->spool == NULL || (slot->outcome != OUTCOME_READ && slot->outcome != OUTCOME_FAILED))
        return true;
    struct bytes file = {NULL, 0, 0};
    bool fine = sarif_file(slot, ftell(lint->spool) == 0, &file) || delivery_no_memory(delivery);
    if (fine && fwrite(file.data, 1, file.length, lint->spool) != file.length)
        fine = spool_failed(delivery);
    bytes_free(&file);
    return fine;
}

bool lint_finish(struct lint *lint, struct delivery *delivery)
{
    unsigned char room[4096];
    struct bytes piece = {NULL, 0, 0};
    if (lint->spool == NULL)
        return true;
    bool fine =
        (sarif_files(&piece) || delivery_no_memory(delivery)) && delivery_add(delivery, &piece);
    bytes_free(&piece);
    /* Not rewind(), which does not say that the last files could not be written. */
    if (fine && (fflush(lint->spool) != 0 || fseek(lint->spool, 0, SEEK_SET) != 0))
        fine = spool_failed(delivery);
    while (fine && (piece.length = fread(room, 1, sizeof room, lint->spool)) > 0) {
        piece.data = room;
        fine = delivery_add(delivery, &piece);
    }
    return fine && (ferror(lint->spool) == 0 || spool_failed(delivery));
}
