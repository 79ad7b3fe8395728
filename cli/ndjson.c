/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include <cchcparse/cchcparse.h>

#include "again.h"
#include "ndjson.h"

/* A byte of text takes six at most in JSON (\u0001); the rest of a line is a name. */
enum { ESCAPE_LENGTH = 6, LINE_ROOM = 64 * 1024 };

struct reader {
    const char *path;
    const struct ndjson_target *target;
    struct lines lines;
    struct bytes name, text;
};

bool ndjson_known(void)
{
    return true;
}

/* Names the item by its line's @p name, or by the line where that has none. */
static bool name_item(struct reader *reader, const json_t *name, struct item *item)
{
    char number[32];
    if (json_is_string(name)) {
        item->name = json_string_value(name);
        item->name_length = json_string_length(name);
        return true;
    }
    (void)snprintf(number, sizeof number, ":%zu", reader->lines.number);
    if (!bytes_set_text(&reader->name, reader->path) ||
        !bytes_add(&reader->name, number, strlen(number) + 1))
        return false;
    item->name = (const char *)reader->name.data;
    item->name_length = reader->name.length - 1;
    return true;
}

static bool give_failure(struct reader *reader, const json_t *name, const char *code,
                         const char *reason)
{
    struct item item = {.kind = ITEM_FAILED, .code = code, .reason = reason, .size = SIZE_MAX};
    return name_item(reader, name, &item) && reader->target->take(&item, reader->target->context);
}

static bool give_letter(struct reader *reader, const json_t *name, const json_t *text)
{
    reader->text.length = 0;
    if (!bytes_add(&reader->text, json_string_value(text), json_string_length(text)))
        return give_failure(reader, name, "io-read", cchc_status_message(CCHC_NOMEM));
    struct item item = {
        .kind = ITEM_BYTES, .bytes = &reader->text, .size = json_string_length(text)};
    return name_item(reader, name, &item) && reader->target->take(&item, reader->target->context);
}

static bool one_line(struct reader *reader, const char *line, size_t length)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* editors put it before what they write as UTF-8 */
    if (reader->lines.number == 1 && strncmp(line, mark, sizeof mark - 1) == 0) {
        line += sizeof mark - 1;
        length -= sizeof mark - 1;
    }
    if (length == strspn(line, " \t\r"))
        return true;
    json_error_t error;
    json_t *object = json_loadb(line, length, JSON_ALLOW_NUL, &error);
    bool going;
    const json_t *name = json_object_get(object, "name"), *text = json_object_get(object, "text");
    if (object == NULL)
        going = give_failure(reader, NULL, "io-read", error.text);
    else if (!json_is_string(text))
        going = give_failure(reader, name, "io-read", "no JSON object with a \"text\"");
    else
        going = give_letter(reader, name, text);
    json_decref(object);
    return going;
}

static bool all_lines(struct reader *reader)
{
    const struct ndjson_target *target = reader->target;
    char *line = NULL;
    size_t length = 0;
    for (bool going = true; going;) {
        if (!target->await(&reader->lines, target->context))
            return false;
        switch (lines_next(&reader->lines, &line, &length)) {
        case LINES_LINE: going = one_line(reader, line, length); break;
        case LINES_TOO_LONG:
            going = give_failure(reader, NULL, "io-limit",
                                 "a line longer than the limit (--max-bytes)");
            break;
        case LINES_END: return true;
        case LINES_INTERRUPTED: return false;
        case LINES_BROKEN:
            reader->lines.number++;
            return give_failure(reader, NULL, "io-read", strerror(reader->lines.error));
        }
    }
    return false;
}

bool ndjson_read_letters(const char *path, const struct ndjson_target *target)
{
    bool standard_input = strcmp(path, "-") == 0;
    struct reader reader = {.path = path, .target = target};
    reader.lines.delimiter = '\n';
    reader.lines.limit = target->max_bytes < (SIZE_MAX - LINE_ROOM) / ESCAPE_LENGTH
                             ? target->max_bytes * ESCAPE_LENGTH + LINE_ROOM
                             : SIZE_MAX / 2;
    reader.lines.descriptor = standard_input
                                  ? STDIN_FILENO
                                  : open_again(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    bool going;
    if (reader.lines.descriptor < 0) {
        const struct item item = {.kind = ITEM_FAILED,
                                  .name = path,
                                  .name_length = strlen(path),
                                  .code = "io-open",
                                  .reason = strerror(errno),
                                  .size = SIZE_MAX};
        going = target->take(&item, target->context);
    } else {
        going = all_lines(&reader);
    }
    if (!standard_input && reader.lines.descriptor >= 0)
        (void)close(reader.lines.descriptor);
    bytes_free(&reader.lines.buffer);
    bytes_free(&reader.name);
    bytes_free(&reader.text);
    return going;
}
