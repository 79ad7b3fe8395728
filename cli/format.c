/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "format.h"

static bool nothing(struct report *report)
{
    (void)report;
    return true;
}

static bool json_record(struct report *report, const cchc_document *document, const char *name)
{
    return cchc_write_json(document, name, strlen(name), output_write, report->output) == CCHC_OK;
}

static bool ndjson_record(struct report *report, const cchc_document *document, const char *name)
{
    return json_record(report, document, name) && output_text(report->output, "\n");
}

static bool array_begin(struct report *report)
{
    return output_text(report->output, "[");
}

static bool array_record(struct report *report, const cchc_document *document, const char *name)
{
    return output_text(report->output, report->written > 0 ? ",\n" : "\n") &&
           json_record(report, document, name);
}

static bool array_end(struct report *report)
{
    return output_text(report->output, report->written > 0 ? "\n]\n" : "]\n");
}

const struct format *format_by_name(const char *name)
{
    static const struct format formats[] = {
        {"ndjson", nothing, ndjson_record, nothing},
        {"json", array_begin, array_record, array_end},
        {"text", nothing, text_record, nothing},
    };
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}
