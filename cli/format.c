/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "format.h"

static bool nothing(const struct style *style, struct bytes *out)
{
    (void)style;
    (void)out;
    return true;
}

static bool nothing_at_end(const struct style *style, bool any, struct bytes *out)
{
    (void)any;
    return nothing(style, out);
}

static bool json_record(const struct letter *letter, struct bytes *out)
{
    return cchc_write_json(letter->document, letter->name, letter->name_length, bytes_write, out) ==
           CCHC_OK;
}

static bool ndjson_record(const struct style *style, const struct letter *letter, struct bytes *out)
{
    (void)style;
    return json_record(letter, out) && bytes_add_text(out, "\n");
}

static bool array_begin(const struct style *style, struct bytes *out)
{
    (void)style;
    return bytes_add_text(out, "[");
}

static bool array_record(const struct style *style, const struct letter *letter, struct bytes *out)
{
    (void)style;
    return bytes_add_text(out, "\n") && json_record(letter, out);
}

static bool array_between(const struct style *style, struct bytes *out)
{
    (void)style;
    return bytes_add_text(out, ",");
}

static bool array_end(const struct style *style, bool any, struct bytes *out)
{
    (void)style;
    return bytes_add_text(out, any ? "\n]\n" : "]\n");
}

static bool blank_line(const struct style *style, struct bytes *out)
{
    (void)style;
    return bytes_add_text(out, "\n");
}

const struct format *format_by_name(const char *name)
{
    static const struct format formats[] = {
        {"ndjson", ".json", "ndjson", nothing, ndjson_record, nothing, nothing_at_end},
        {"json", ".json", "ndjson", array_begin, array_record, array_between, array_end},
        {"text", ".txt", "text", nothing, text_record, blank_line, nothing_at_end},
    };
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}
