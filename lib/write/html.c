/* SPDX-License-Identifier: MIT */
/* The review page: one file that shows letters beside their records, for a browser without a network.
 *
 *      page    := head letter* tail
 *      letter  := <script type="application/json" class="letter">
 *                 {"record": the record, "text": string | null}</script>
 *
 * Head and tail are made at build time (html/embed.py). The page's policy lets one script and one
 * style run, which it knows by their hashes; letters are data beside them. Inside a data element
 * only '<' could end the text, so that it is written as its escape.
 *
 * "text" holds the bytes that the record is about, whatever they are: what is UTF-8 as itself, each
 * other byte B as the lone surrogate U+DC00 + B, which no UTF-8 can mean. So the page can count
 * bytes, to which all spans refer, and nothing of the file is lost on the way. */
#include <string.h>

#include "values.h"
#include "writer.h"

#define PUT(sink, literal) cchci_put(sink, literal, sizeof(literal) - 1)

extern const char cchci_html_head_vi[], cchci_html_head_en[], cchci_html_tail[];

static void html_begin(const cchc_writer *writer, struct cchci_sink *sink)
{
    cchci_put_string(sink, writer->options.language == CCHC_ENGLISH ? cchci_html_head_en
                                                                    : cchci_html_head_vi);
}

static void html_end(const cchc_writer *writer, struct cchci_sink *sink)
{
    (void)writer;
    cchci_put_string(sink, cchci_html_tail);
}

/* JSON with no '<' in it. Outside of strings JSON has none, so that the escape is always in one. */
static bool put_json(const char *json, size_t length, void *context)
{
    struct cchci_sink *sink = context;
    const char *end = json + length;
    while (json < end) {
        const char *angle = memchr(json, '<', (size_t)(end - json));
        cchci_put(sink, json, (size_t)((angle != NULL ? angle : end) - json));
        if (angle == NULL)
            break;
        PUT(sink, "\\u003c");
        json = angle + 1;
    }
    return sink->status == CCHC_OK;
}

/* Bytes below 0x80 that JSON or the page cannot have as themselves, and all that are no UTF-8. */
static void put_byte(struct cchci_sink *sink, unsigned char byte)
{
    static const char hexadecimal[] = "0123456789abcdef";
    const char digits[] = {hexadecimal[byte >> 4], hexadecimal[byte & 15]};
    switch (byte) {
    case '\n': PUT(sink, "\\n"); break;
    case '\r': PUT(sink, "\\r"); break;
    case '\t': PUT(sink, "\\t"); break;
    case '"': PUT(sink, "\\\""); break;
    case '\\': PUT(sink, "\\\\"); break;
    default:
        cchci_put_string(sink, byte < 0x80 ? "\\u00" : "\\udc");
        cchci_put(sink, digits, sizeof digits);
    }
}

/* A character that stands for itself. What the walk replaces by U+FFFD does where it is well-formed:
 * U+FFFD itself and its neighbours, which no sequence that is cut off begins like. */
static bool is_plain(uint32_t character, const unsigned char *bytes, size_t length)
{
    if (character == 0xFFFD)
        return length == 3 && memcmp(bytes, "\xEF\xBF", 2) == 0;
    return character >= 0x20 && character != '"' && character != '\\' && character != '<';
}

static void put_source(struct cchci_sink *sink, const char *bytes, size_t length)
{
    struct cchci_characters characters = cchci_characters_of(bytes, length);
    const unsigned char *at = characters.at, *run = at;
    uint32_t character = 0;
    PUT(sink, "\"");
    for (; cchci_characters_next(&characters, &character); at = characters.at) {
        if (is_plain(character, at, (size_t)(characters.at - at)))
            continue;
        cchci_put(sink, (const char *)run, (size_t)(at - run));
        while (at < characters.at)
            put_byte(sink, *at++);
        run = at;
    }
    cchci_put(sink, (const char *)run, (size_t)(at - run));
    PUT(sink, "\"");
}

static void html_letter(const cchc_writer *writer, const cchc_letter *letter,
                        struct cchci_sink *sink)
{
    (void)writer;
    const cchc_source *source = cchc_document_source(letter->document);
    PUT(sink, "<script type=\"application/json\" class=\"letter\">{\"record\":");
    cchc_status status =
        cchc_write_json(letter->document, letter->name, letter->name_length, put_json, sink);
    if (status != CCHC_OK)
        cchci_fail(sink, status);
    PUT(sink, ",\"text\":");
    /* Without its bytes, or with bytes that are not those of the record, a letter has no source. */
    if (letter->bytes == NULL || source->encoding == NULL || source->range.end > letter->length)
        PUT(sink, "null");
    else
        put_source(sink, (const char *)letter->bytes + source->range.begin,
                   source->range.end - source->range.begin);
    PUT(sink, "}</script>\n");
}

const struct cchci_writer_format cchci_html_format = {
    .row = {"html", CCHC_FORMAT_BATCH, ".html", true},
    .begin = html_begin,
    .letter = html_letter,
    .end = html_end,
};
