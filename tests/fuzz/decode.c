/* SPDX-License-Identifier: MIT */
/* Bytes to Unicode: the invariants of struct cchci_text (lib/text/text.h), and that what was
 * decoded is decoded to itself, and what was folded folded to itself, where no encoding but UTF-8
 * is guessed: which one a line is in is told by its words and those of its neighbours. */
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "../decoding.h"
#include "base/limits.h"
#include "target.h"
#include "text/utf8.h"

static bool is_form_c(const char *utf8, size_t length)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
    UChar *units = malloc((length + 1) * sizeof *units);
    int32_t count = 0;
    MUST(units != NULL);
    u_strFromUTF8(units, (int32_t)length + 1, &count, utf8, (int32_t)length, &error);
    bool is = unorm2_isNormalized(nfc, units, count, &error);
    free(units);
    return U_SUCCESS(error) && is;
}

/* Whether more marks follow one another than are put into form C together (limits.h): their order is
 * then that of stretches. */
static bool has_many_marks(const struct cchci_text *text)
{
    uint32_t marks = 0;
    for (uint32_t i = 0; i < text->count && marks <= CCHCI_COMBINING_RUN; i++) {
        size_t at = text->off[i];
        uint32_t code = cchci_known_utf8((const unsigned char *)text->utf8, &at);
        marks = u_getCombiningClass((UChar32)code) != 0 ? marks + 1 : 0;
    }
    return marks > CCHCI_COMBINING_RUN;
}

static void check_arrays(const struct cchci_text *text)
{
    MUST(text->src[0] == text->bom_length && text->src[text->count] == text->source_length);
    MUST(text->off[text->count] == text->utf8_length);
    MUST(text->key[text->count] == '\n' && text->key[text->count + 1] == 0);
    for (uint32_t i = 0; i < text->count; i++) {
        MUST(text->src[i] <= text->src[i + 1]);
        /* One character each: begins where one begins, and the next one after it. */
        const char *character = text->utf8 + text->off[i];
        uint32_t length = text->off[i + 1] - text->off[i];
        MUST(length >= 1 && length <= 4 && (*character & 0xC0) != 0x80);
        for (uint32_t k = 1; k < length; k++)
            MUST((character[k] & 0xC0) == 0x80);
    }
}

static void check_text(const struct cchci_text *text)
{
    const char *utf8 = text->utf8 + text->off[0];
    size_t length = text->utf8_length - text->off[0];
    check_arrays(text);
    MUST(is_utf8(utf8, length) && (is_form_c(utf8, length) || has_many_marks(text)));
    for (uint32_t i = 0; i < text->encodings.count; i++) {
        const struct cchci_encoding_run *run =
            &CCHCI_AT(&text->encodings, struct cchci_encoding_run, i);
        MUST(run->name != NULL && run->begin < run->end && run->end <= text->source_length);
    }
    for (uint32_t i = 0; i < text->garbled.count; i++) {
        const struct cchci_garbled *lost = &CCHCI_AT(&text->garbled, struct cchci_garbled, i);
        MUST(lost->begin < lost->end && lost->end <= text->count);
    }
    MUST(text->ill_formed == 0 || text->first_ill_formed < text->count);
    MUST(text->displaced == 0 || text->first_displaced < text->count);
}

/* Whether these bytes are taken for what they are: no other encoding is guessed, and there is no
 * reference ("&amp;lt;" means "&lt;", which means something else again). */
static bool is_sure(const struct cchci_text *text)
{
    return !text->converted && strcmp(text->encoding, "UTF-8") == 0 &&
           (text->source_length == 0 || memchr(text->source, '&', text->source_length) == NULL);
}

static void check_again(const struct cchci_text *text)
{
    struct decoded again;
    const char *utf8 = text->utf8 + text->off[0];
    size_t length = text->utf8_length - text->off[0];
    decode(&again, utf8, length);
    /* A second byte order mark is a character of the text, but the first one of this one. */
    bool marked = again.text.src[0] > 0;
    if (!text->converted && is_sure(&again.text) && !has_many_marks(text) && !marked) {
        MUST(again.text.utf8_length == length);
        MUST(length == 0 || memcmp(again.text.utf8, utf8, length) == 0);
    }
    decoded_free(&again);
}

static char *folded(const char *text, size_t length, size_t *needed)
{
    MUST(cchc_fold(any_parser(), text, length, NULL, 0, needed) == CCHC_OK);
    char *key = malloc(*needed + 1);
    MUST(key != NULL && cchc_fold(any_parser(), text, length, key, *needed + 1, needed) == CCHC_OK);
    MUST(key[*needed] == '\0' && is_utf8(key, *needed));
    return key;
}

static void check_fold(const char *text, size_t length)
{
    size_t once_length, twice_length;
    struct decoded key;
    char *once = folded(text, length, &once_length);
    char *twice = folded(once, once_length, &twice_length);
    decode(&key, once, once_length);
    /* Beside a letter that has lost its diacritics a loose one may be taken for one of its own. */
    if (is_sure(&key.text) && key.text.displaced == 0)
        MUST(once_length == twice_length && memcmp(once, twice, once_length) == 0);
    decoded_free(&key);
    free(once);
    free(twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct decoded decoded;
    decode(&decoded, data, size);
    check_text(&decoded.text);
    check_again(&decoded.text);
    decoded_free(&decoded);
    check_fold((const char *)data, size);
    return 0;
}
