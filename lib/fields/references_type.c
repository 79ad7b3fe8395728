/* SPDX-License-Identifier: MIT */
/* What stands right before a cited code, read backwards from it:
 *
 *      before = [ words that number no document | type ] [ "số" ]
 *      type   = name | damaged name | name words "số" | law title
 *
 * "số" may be damaged ("s6", "sd"). What is no document has a number, too: a form, an invoice, a
 * standard. A type is asked for in that order: its name alone; a law with its title ("Luật Thú y
 * số"), where the National Assembly numbered it; a name that OCR damaged; a name that further
 * words follow ("Giấy phép thăm dò số"). The third needs "số", or a code that is none but a
 * document's; the last one needs "số". */
#include "references.h"

#include <string.h>

#include "base/limits.h"
#include "match/anchor.h"
#include "text/eight.h"

/* Before the blanks that end at a place, and what else may stand between a number and its words. */
static uint32_t back_over(const struct cchci_flow *flow, uint32_t at, unsigned char sign,
                          unsigned char other)
{
    while (at > 0 &&
           (flow->key[at - 1] == ' ' || flow->key[at - 1] == sign || flow->key[at - 1] == other))
        at--;
    return at;
}

/* Whether a pattern matches in a stretch before a place, so long at most; the patterns close with
 * \z. */
static bool match_before(const struct cchci_parse *parse, const struct cchci_flow *flow,
                         const struct cchci_mention *mention, enum cchci_pattern_id id,
                         uint32_t end, uint32_t distance, struct cchci_match *match)
{
    uint32_t from = cchci_mention_stretch_before(flow, mention, end, distance);
    return cchci_match(parse->patterns, parse->scratch, id, flow->key, end, from, match);
}

/* ---------------------------------------------------------------------------------------- số -- */

/* The form of "số", or of what OCR makes of it, that ends with a letter; NULL: none does. */
static const char *so_with_last(unsigned char last)
{
    switch (last) {
    case 'o': return "so";
    case '6': return "s6";
    case 'e': return "se";
    case 'd': return "sd";
    case 's': return "s";
    case 'u': return "so hieu";
    default: return NULL;
    }
}

/* The place of "số" before another one, or `at` where there is none. */
static uint32_t so_before(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t end = back_over(flow, at, ':', '.');
    end -= end > 0 && flow->key[end - 1] == ',';
    const char *form = end > 0 ? so_with_last(cchci_lower(flow->key[end - 1])) : NULL;
    if (form == NULL) /* as most codes without it, which stand behind a type */
        return at;
    uint32_t begin = end;
    for (const char *letter = form + strlen(form); letter > form; begin--)
        if (begin == 0 || cchci_lower(flow->key[begin - 1]) != (unsigned char)*--letter)
            return at;
    return cchci_flow_word_start(flow, begin) || cchci_flow_exactly(flow, begin, "số") ? begin : at;
}

void cchci_mention_read_so(const struct cchci_flow *flow, uint32_t at,
                           struct cchci_mention *mention)
{
    uint32_t so = so_before(flow, at);
    mention->has_so = so < at;
    mention->begin = so < mention->least ? mention->code_begin : so;
}

/* ------------------------------------------------------------------------------- no document -- */

/* Three letters as one number, whatever their case. */
#define TRIPLE(first, second, third) ((first) << 16 | (second) << 8 | (third))

static int triple_before(const struct cchci_flow *flow, uint32_t end)
{
    return end >= 3 ? TRIPLE(cchci_lower(flow->key[end - 3]), cchci_lower(flow->key[end - 2]),
                             cchci_lower(flow->key[end - 1]))
                    : 0;
}

/* Whether the words of a tax declaration may end at a place: "tờ khai quyết toán thuế". */
static bool declaration_may_end(int last)
{
    return last == TRIPLE('h', 'a', 'i') || last == TRIPLE('o', 'a', 'n') ||
           last == TRIPLE('h', 'u', 'e');
}

/* Whether what has a number and is no document may end at a place, by the last three letters of its
 * words; of a declaration the tax may follow whose it is: "tờ khai thuế TNDN". */
static bool no_document_may_end(const struct cchci_flow *flow, uint32_t end)
{
    end = cchci_flow_before_blank(flow, end);
    end -= end > 0 && (flow->key[end - 1] == ':' || flow->key[end - 1] == '.');
    end = cchci_flow_before_blank(flow, end);
    if (end < 8 || !cchci_is_ascii_letter(flow->key[end - 1]))
        return end >= 2;
    int last = triple_before(flow, end);
    switch (last) {
    case TRIPLE('m', 'a', 'u'):
    case TRIPLE('i', 'e', 'u'): /* biểu, ký hiệu */
    case TRIPLE('d', 'o', 'n'): /* hóa đơn */
    case TRIPLE('l', 'u', 'c'): /* phụ lục */
    case TRIPLE(' ', 'k', 'e'): /* bảng kê */
    case TRIPLE('u', 'a', 'n'): /* tiêu chuẩn */
    case TRIPLE(' ', 's', 'o'): /* mã số, số */
    case TRIPLE(' ', 's', 'e'): /* a damaged số */
    case TRIPLE('c', 'v', 'n'):
    case TRIPLE('c', 'c', 's'):
    case TRIPLE('c', 'x', 'd'):
    case TRIPLE('d', 'v', 'n'):
    case TRIPLE('t', 'c', 'n'):
    case TRIPLE('i', 's', 'o'):
    case TRIPLE('i', 'e', 'c'): return true; /* TCVN, TCCS, TCXD, TCXDVN, TCN, ISO, IEC */
    default: break;
    }
    uint64_t blanks = cchci_eight_is(cchci_eight(flow->key + end - 8), ' ');
    return declaration_may_end(last) ||
           (blanks != 0 &&
            declaration_may_end(triple_before(flow, end - 8 + cchci_eight_last(blanks))));
}

bool cchci_mention_is_no_document(const struct cchci_parse *parse, const struct cchci_flow *flow,
                                  const struct cchci_mention *mention)
{
    struct cchci_match match;
    return no_document_may_end(flow, mention->begin) &&
           match_before(parse, flow, mention, CCHCI_PATTERN_NO_DOCUMENT, mention->begin,
                        CCHCI_TYPE_LENGTH, &match);
}

/* ----------------------------------------------------------------------------- damaged names -- */

/* Cost of reading text as word, in halves of a letter: a letter that became a blank costs one,
 * another change two. What is over `most` is only told to be so. */
static unsigned damage(const unsigned char *text, unsigned text_length, const char *word,
                       unsigned word_length, unsigned most)
{
    unsigned row[CCHCI_TYPE_LENGTH + 1];
    for (unsigned j = 0; j <= word_length; j++)
        row[j] = 2 * j;
    for (unsigned i = 1; i <= text_length; i++) {
        unsigned diagonal = row[0], least;
        row[0] = least = 2 * i;
        unsigned char c = cchci_lower(text[i - 1]);
        for (unsigned j = 1; j <= word_length; j++) {
            unsigned change = c == (unsigned char)word[j - 1] ? 0 : c == ' ' ? 1 : 2;
            unsigned best = diagonal + change;
            if (row[j] + 2 < best)
                best = row[j] + 2;
            if (row[j - 1] + 2 < best)
                best = row[j - 1] + 2;
            diagonal = row[j];
            row[j] = best;
            if (best < least)
                least = best;
        }
        if (least > most)
            return least;
    }
    return row[word_length];
}

/* The keys of a text or a word: a bit for each kind, the same for a letter in either case. */
static uint32_t kinds_of(const unsigned char *key, unsigned length)
{
    uint32_t kinds = 0;
    for (unsigned i = 0; i < length; i++)
        kinds |= 1u << (key[i] & 31);
    return kinds;
}

/* What damage() is at least: a letter that the text has not at all was changed or lost, for half
 * the cost where a blank may stand for it; what the word has not was added. Most words are told to
 * be too far by that. */
static unsigned least_damage(uint32_t text, unsigned blanks, uint32_t word)
{
    unsigned lost = (unsigned)__builtin_popcount(word & ~text);
    unsigned added = (unsigned)__builtin_popcount(text & ~word);
    unsigned loss = 2 * lost - (lost < blanks ? lost : blanks);
    unsigned addition = 2 * added - (added > 0);
    return loss > addition ? loss : addition;
}

/* The words before a place, by how far they reach back: up to two more than a type's length. */
struct words_before {
    uint64_t begin; /* a bit for each width at which a word begins */
    bool speck;     /* another sign than a blank is among them */
    uint32_t kinds[CCHCI_TYPE_LENGTH + 3];
    unsigned char blanks[CCHCI_TYPE_LENGTH + 3];
};

static void read_words_before(const struct cchci_flow *flow, uint32_t end,
                              struct words_before *words)
{
    uint32_t most = end < CCHCI_TYPE_LENGTH + 2 ? end : CCHCI_TYPE_LENGTH + 2;
    words->begin = words->kinds[0] = words->blanks[0] = 0;
    words->speck = false;
    for (uint32_t width = 1; width <= most; width++) {
        const unsigned char *key = flow->key + end - width;
        words->kinds[width] = words->kinds[width - 1] | kinds_of(key, 1);
        words->blanks[width] = (unsigned char)(words->blanks[width - 1] + (*key == ' '));
        words->speck |= width <= CCHCI_SPECK_BEFORE && *key != ' ' && !cchci_is_word(*key);
        words->begin |= (uint64_t)(cchci_flow_word_start(flow, end - width) && *key != ' ')
                        << width;
    }
}

/* Whether a word of the text is another one than the type's at its place: half of its letters differ,
 * two at least, and all are letters. "hợp hàng" is no "hợp đồng", "công tác" no "công văn". */
static bool has_other_word(const unsigned char *text, const char *word, unsigned length)
{
    unsigned changed = 0, letters = 0;
    for (unsigned i = 0; i <= length; i++) {
        if (i == length || word[i] == ' ') {
            if (changed >= 2 && 2 * changed >= letters)
                return true;
            changed = letters = 0;
            continue;
        }
        if (!cchci_is_ascii_letter(text[i]))
            return false;
        letters++;
        changed += cchci_lower(text[i]) != (unsigned char)word[i];
    }
    return false;
}

/* A type's name that OCR damaged, ending at `end`; its place, or `end`. */
static uint32_t damaged_type_before(const struct cchci_flow *flow, uint32_t end)
{
    const struct cchci_topic_table *table = &cchci_topics[CCHCI_TOPIC_CITED_TYPES];
    struct words_before words;
    read_words_before(flow, end, &words);
    uint32_t best_begin = end;
    unsigned best = UINT16_MAX;
    for (unsigned i = 0; i < table->count; i++) {
        const struct cchci_entry *entry = &table->entries[i];
        unsigned length = entry->length;
        /* Short words are near too many others. */
        if (length < 6 || length > CCHCI_TYPE_LENGTH ||
            (words.begin >> (length - 1) & (words.speck ? 15 : 7)) == 0)
            continue;
        unsigned most = cchci_anchor_limit(length);
        uint32_t kinds = kinds_of((const unsigned char *)entry->key, length);
        /* A speck has a blank beside it: "Thông { tư". */
        for (unsigned width = length - 1; width <= length + 1 + words.speck; width++) {
            if ((words.begin >> width & 1) == 0 ||
                least_damage(words.kinds[width], words.blanks[width], kinds) > most)
                continue;
            unsigned cost = damage(flow->key + end - width, width, entry->key, length, most);
            if (cost <= most && cost < best &&
                !(width == length && has_other_word(flow->key + end - width, entry->key, length))) {
                best = cost;
                best_begin = end - width;
            }
        }
    }
    return best_begin;
}

/* ------------------------------------------------------------------------------------- types -- */

/* Only acts of the National Assembly and its committee have a title before their number. */
static bool is_act_of_assembly(const struct cchci_flow *flow, const struct cchci_mention *mention)
{
    for (uint32_t i = mention->code_begin; i + 1 < mention->code_end; i++)
        if (flow->key[i] == 'Q' && (flow->key[i + 1] == 'H' || cchci_is_digit(flow->key[i + 1])))
            return true;
    return false;
}

/* Whether the notation of a code begins with a type's initials: "QCPH" for "quy chế". apart: behind
 * its year, too. */
static bool has_initials(const struct cchci_flow *flow, const struct cchci_mention *mention,
                         const struct cchci_entry *type, bool apart)
{
    uint32_t at = cchci_next_key(flow->key, mention->code_begin, mention->code_end, '/') + 1;
    uint32_t year = cchci_digits_end(flow->key, at);
    if (apart && year > at && flow->key[year] == '/')
        at = year + 1;
    for (unsigned i = 0; i < type->length; i++)
        if ((i == 0 || type->key[i - 1] == ' ') &&
            (at >= mention->code_end ||
             cchci_lower(flow->key[at++]) != (unsigned char)type->key[i]))
            return false;
    return strchr(type->key, ' ') != NULL;
}

#define EXTENDED_WORDS 7u /* from a type's name to "số" */
#define FAR_WORDS 24u     /* where the code's notation tells that type */

/* A type's name that further words follow: "Giấy phép thăm dò số", which are part of it, or "Công
 * văn của Sở Tài chính số", which are not. */
static void read_extended_type(const struct cchci_flow *flow, struct cchci_mention *mention,
                               uint32_t end)
{
    static const char *const outside[] = {"cua", "ve", "tai", "theo", "kem", "de", "giua"};
    uint32_t at = end, name_end = end, of = end;
    for (unsigned words = 0; words < FAR_WORDS && at > mention->least; words++) {
        uint32_t begin = cchci_flow_word_begin(flow, at);
        /* Two words that lost the blank between them: "kýTờ trình". */
        for (uint32_t i = at - 1; i > begin; i--)
            if (cchci_is_upper(flow->key[i]) && !cchci_is_upper(flow->key[i - 1]))
                begin = i;
        if (begin == at || begin < mention->least)
            return;
        for (unsigned i = 0; i < sizeof outside / sizeof outside[0]; i++)
            if (cchci_flow_words(flow, begin, outside[i]) == at - begin) {
                name_end = begin;
                if (i > 0)
                    of = end;
                else if (cchci_flow_words(flow, at + 1, outside[0]) == 0) /* not typed twice */
                    of = at + 1;
            }
        const struct cchci_entry *entry =
            cchci_lexicon_at(CCHCI_TOPIC_CITED_TYPES, flow->key, end, begin);
        if (entry != NULL && entry->length >= 5 &&
            (words < EXTENDED_WORDS || has_initials(flow, mention, entry, name_end < end))) {
            mention->type_begin = mention->begin = begin;
            mention->type_end = name_end == end ? end : begin + entry->length;
            if (of < end && cchci_is_upper(flow->key[of])) {
                mention->issuer_begin = of;
                mention->issuer_end = end;
            }
            return;
        }
        /* A name is no part of the type: "Tờ trình Quốc hội số". */
        if (cchci_is_upper(flow->key[begin]))
            name_end = begin;
        if (begin < 2 || flow->key[begin - 1] != ' ')
            return;
        at = begin - 1;
        /* "Báo cáo tiếp thu, giải trình số": no list goes on like that. */
        if (flow->key[at - 1] == ',' && (cchci_flow_words(flow, begin, "giai trinh") > 0 ||
                                         cchci_flow_words(flow, begin, "tiep thu") > 0 ||
                                         cchci_mention_joins_titles(flow, at - 1)))
            at--;
    }
}

/* Whether what looks like a type is a part of another word: "pháp luật", "hóa đơn", or a short
 * word that only shares its key. */
static bool is_other_word(const struct cchci_flow *flow, uint32_t begin,
                          const struct cchci_entry *entry)
{
    static const char *const firsts[] = {"phap", "hoa"};
    uint32_t before = begin > 0 ? cchci_flow_word_begin(flow, begin - 1) : begin;
    for (unsigned i = 0; i < sizeof firsts / sizeof firsts[0]; i++)
        if (before + 1 < begin && entry->length <= CCHCI_SHORT_TYPE &&
            cchci_flow_words(flow, before, firsts[i]) == begin - 1 - before)
            return true;
    return entry->length < CCHCI_SHORT_TYPE &&
           cchci_flow_marked(flow, begin, begin + entry->length) &&
           !cchci_flow_exactly(flow, begin, entry->form);
}

void cchci_mention_read_type(const struct cchci_parse *parse, const struct cchci_flow *flow,
                             struct cchci_mention *mention)
{
    uint32_t end = back_over(flow, mention->begin, ':', ',');
    if (end > 0 && flow->key[end - 1] == '-') /* "Thông tư -⏎số" */
        end = back_over(flow, end, '-', '-');
    mention->type_begin = mention->type_end = mention->begin;
    if (end <= mention->least)
        return;
    const struct cchci_entry *entry = cchci_lexicon_before(CCHCI_TOPIC_CITED_TYPES, flow->key, end);
    if (entry != NULL && end - entry->length >= mention->least &&
        !is_other_word(flow, end - entry->length, entry)) {
        mention->type_begin = end - entry->length;
        mention->type_end = end;
        mention->begin = mention->type_begin;
        return;
    }
    struct cchci_match match;
    if (is_act_of_assembly(flow, mention) &&
        match_before(parse, flow, mention, CCHCI_PATTERN_TITLED_LAW, end, CCHCI_LAW_TITLE,
                     &match)) {
        mention->type_begin = mention->begin = match.begin[1];
        mention->type_end = match.end[1];
        return;
    }
    if (mention->has_so || cchci_mention_has_clear_code(parse, flow, mention)) {
        uint32_t begin = damaged_type_before(flow, end);
        if (begin < end && begin >= mention->least) {
            mention->type_begin = mention->begin = begin;
            mention->type_end = cchci_flow_behind_word(flow, begin, end);
            return;
        }
    }
    if (mention->has_so)
        read_extended_type(flow, mention, end);
}
