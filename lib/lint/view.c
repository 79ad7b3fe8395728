/* SPDX-License-Identifier: MIT */
/* What rules see of the source. */
#include "lint.h"

#include <string.h>

#include "match/anchor.h"

/* The character that starts at a byte of the input, or the first one after it. */
static uint32_t character_at(const struct cchci_text *text, size_t byte)
{
    uint32_t low = 0, high = text->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (text->origin + text->src[middle] < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct cchci_place place_of(const struct cchci_lint *lint, const cchc_span *spans,
                                   size_t count)
{
    if (count == 0)
        return (struct cchci_place){0, 0};
    return (struct cchci_place){character_at(lint->text, spans[0].begin),
                                character_at(lint->text, spans[count - 1].end)};
}

struct cchci_place cchci_lint_first(const struct cchci_lint *lint, const cchc_text *value)
{
    return value == NULL || value->data == NULL || value->span_count == 0
               ? (struct cchci_place){0, 0}
               : place_of(lint, value->spans, 1);
}

struct cchci_place cchci_lint_last(const struct cchci_lint *lint, const cchc_text *value)
{
    return value == NULL || value->data == NULL || value->span_count == 0
               ? (struct cchci_place){0, 0}
               : place_of(lint, value->spans + value->span_count - 1, 1);
}

struct cchci_place cchci_lint_segment(const struct cchci_lint *lint, const char *kind)
{
    size_t count = 0;
    const cchc_segment *segments = cchc_document_segments(lint->document, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(segments[i].kind, kind) == 0)
            return place_of(lint, segments[i].spans, segments[i].span_count);
    return (struct cchci_place){0, 0};
}

static bool is_gap(unsigned char key)
{
    return key == ' ' || key == '\t' || key == CCHCI_KEY_MARKUP || key == '\r';
}

unsigned char cchci_lint_before(const struct cchci_lint *lint, uint32_t place, uint32_t *at)
{
    const unsigned char *key = lint->text->key;
    while (place > 0 && is_gap(key[place - 1]))
        place--;
    *at = place > 0 ? place - 1 : 0;
    return place > 0 && key[place - 1] != '\n' ? key[place - 1] : 0;
}

unsigned char cchci_lint_after(const struct cchci_lint *lint, uint32_t place, uint32_t *at)
{
    const struct cchci_text *text = lint->text;
    while (place < text->count && is_gap(text->key[place]))
        place++;
    *at = place;
    return place < text->count && text->key[place] != '\n' ? text->key[place] : 0;
}

bool cchci_lint_parted(const struct cchci_lint *lint, uint32_t begin, uint32_t end)
{
    return begin < end && memchr(lint->text->key + begin, '\n', end - begin) != NULL;
}

/* ----------------------------------------------------------------------------------- strings -- */

void cchci_lint_blank_nuls(char *words, size_t length)
{
    for (char *nul; (nul = memchr(words, '\0', length)) != NULL; words = nul + 1) {
        length -= (size_t)(nul + 1 - words);
        *nul = ' ';
    }
}

/* Both at once: the bytes of the words, or a key a character. */
static char *collect(struct cchci_lint *lint, struct cchci_place place, bool keys)
{
    const struct cchci_text *text = lint->text;
    if (cchci_lint_none(place))
        return cchci_arena_copy(lint->arena, "", 0);
    char *words = CCHCI_NEW(lint->arena, char, text->off[place.end] - text->off[place.begin] + 1);
    size_t length = 0;
    bool gap = false;
    for (uint32_t i = place.begin; i < place.end; i++) {
        unsigned char key = text->key[i];
        if (key == CCHCI_KEY_MARKUP)
            continue;
        if (is_gap(key) || key == '\n') {
            gap = length > 0;
            continue;
        }
        size_t bytes = keys ? 1 : text->off[i + 1] - text->off[i];
        if (bytes == 0)
            continue;
        if (gap)
            words[length++] = ' ';
        gap = false;
        if (keys)
            words[length] = (char)cchci_lower(key);
        else
            memcpy(words + length, text->utf8 + text->off[i], bytes);
        length += bytes;
    }
    words[length] = '\0';
    cchci_lint_blank_nuls(words, length);
    return words;
}

char *cchci_lint_words(struct cchci_lint *lint, struct cchci_place place)
{
    return collect(lint, place, false);
}

char *cchci_lint_keys(struct cchci_lint *lint, struct cchci_place place)
{
    return collect(lint, place, true);
}

const char *cchci_lint_fold(struct cchci_lint *lint, const char *string)
{
    if (string == NULL)
        return "";
    struct cchci_text text;
    cchci_text_decode(&text, lint->classes, (const unsigned char *)string, strlen(string),
                      lint->arena);
    for (uint32_t i = 0; i < text.count; i++)
        text.key[i] = cchci_lower(text.key[i]);
    text.key[text.count] = '\0';
    return (const char *)text.key;
}

const char *cchci_lint_join(struct cchci_lint *lint, const char *const *parts)
{
    size_t length = 0;
    for (size_t i = 0; parts[i] != NULL; i++)
        length += strlen(parts[i]);
    char *joined = CCHCI_NEW(lint->arena, char, length + 1), *at = joined;
    for (size_t i = 0; parts[i] != NULL; i++) {
        size_t part = strlen(parts[i]);
        memcpy(at, parts[i], part);
        at += part;
    }
    *at = '\0';
    return joined;
}

struct cchci_place cchci_lint_find(const struct cchci_lint *lint, struct cchci_place place,
                                   const char *letters)
{
    uint32_t after = 0;
    uint32_t at = cchci_lint_none(place)
                      ? CCHCI_NOWHERE
                      : cchci_loose_find(lint->text->key, place.begin, place.end, letters, &after);
    return at == CCHCI_NOWHERE ? (struct cchci_place){0, 0} : (struct cchci_place){at, after};
}

bool cchci_lint_mentions(const struct cchci_lint *lint, const char *letters)
{
    return !cchci_lint_none(
        cchci_lint_find(lint, (struct cchci_place){0, lint->text->count}, letters));
}
