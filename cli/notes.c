/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "json_text.h"
#include "messages.h"
#include "notes.h"

static void count_note(struct notes *notes, const struct bytes *name, const char *code,
                       const char *message)
{
    size_t i = 0;
    while (i < notes->count && strcmp(notes->list[i].code, code) != 0)
        i++;
    if (i == NOTE_KINDS)
        return;
    struct note *note = &notes->list[i];
    if (i == notes->count) {
        notes->count++;
        (void)snprintf(note->code, sizeof note->code, "%s", code);
        (void)snprintf(note->message, sizeof note->message, "%s", message);
        (void)(bytes_add(&note->name, name->data, name->length) && bytes_add(&note->name, "", 1));
    }
    note->times++;
    note->inputs += !note->of_this;
    note->of_this = true;
}

void notes_take(struct notes *notes, const struct bytes *name, const struct bytes *made)
{
    for (size_t i = 0; i < notes->count; i++)
        notes->list[i].of_this = false;
    for (size_t at = 0; at < made->length;) {
        const char *code = (const char *)made->data + at;
        const char *message = memchr(code, '\0', made->length - at);
        if (message == NULL || (size_t)(message + 1 - code) + at >= made->length)
            return; /* memory ended in the middle of it */
        message++;
        count_note(notes, name, code, message);
        at = (size_t)(message - (const char *)made->data) + strlen(message) + 1;
    }
}

void notes_tell(const struct notes *notes)
{
    for (size_t i = 0; i < notes->count; i++) {
        const struct note *note = &notes->list[i];
        const char *name = note->name.data != NULL ? (const char *)note->name.data : "?";
        char words[320];
        int length = snprintf(words, sizeof words, "%s: %s", note->code, note->message);
        if (note->inputs > 1 && length > 0 && (size_t)length < sizeof words)
            (void)snprintf(words + length, sizeof words - (size_t)length,
                           " (and %zu letter%s more)", note->inputs - 1,
                           note->inputs > 2 ? "s" : "");
        complain_of(name, words);
    }
}

bool notes_write(const struct notes *notes, struct bytes *out)
{
    bool fine = true;
    for (size_t i = 0; fine && i < notes->count; i++) {
        char times[32];
        (void)snprintf(times, sizeof times, ": %zu", notes->list[i].times);
        fine = (i == 0 || bytes_add_text(out, ", ")) && json_add_string(out, notes->list[i].code) &&
               bytes_add_text(out, times);
    }
    return fine;
}

void notes_free(struct notes *notes)
{
    for (size_t i = 0; i < notes->count; i++)
        bytes_free(&notes->list[i].name);
    notes->count = 0;
}
