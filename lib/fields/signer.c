/* SPDX-License-Identifier: MIT */
/* The signature block (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.7): lines of authority (TM. KT. TL.
 * TUQ. Q.), titles, a name. What stands between them (stamps, initials, "(Đã ký)") is noise. */
#include <string.h>

#include "layout/grid.h"
#include "layout/words.h"
#include "segments.h"
#include "signer_columns.h"
#include "text/eight.h"

struct block {
    uint32_t competence_begin, competence_end, competence_lines;
    uint32_t title_begin, title_end;         /* last title line */
    uint32_t own_title_begin, own_title_end; /* the title inside the last authority line */
    uint32_t name_begin, name_end;
    uint32_t chief_begin, chief_end; /* a chief's title behind what may have been a KT. */
    uint32_t wraps;  /* line behind one whose title has words behind it, and may go on; 0: none */
    bool collective; /* the last authority line is a TM. */
    bool deputy;     /* it is a KT. */
    bool torn;       /* the name stands above all titles */
    bool noise;
};

struct signature {
    struct cchci_parse *parse;
    const struct cchci_flow *flow;
    struct block block;
    unsigned signers;
};

static bool has(uint32_t begin, uint32_t end)
{
    return begin < end;
}

#define TITLE_LENGTH 40u   /* of one on a line of its own */
#define DAMAGED_LENGTH 10u /* of what is left of "phó" or "phó tổng" before the rest of a title */

static const struct cchci_entry *title_at(const struct cchci_flow *flow, uint32_t begin,
                                          uint32_t end)
{
    return cchci_lexicon_like(CCHCI_TOPIC_POSITIONS, flow, end, begin);
}

/* Where the rest begins of a title in capitals whose first word is damaged, so that the lexicon knows
 * that alone: "HO CỤC TRƯỞNG", "PRES TỔNG CỤC TRƯỞNG"; end: there is none. */
static uint32_t title_rest(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    if (end - begin > TITLE_LENGTH || cchci_capitals(flow, begin, end) < 75)
        return end;
    for (uint32_t i = begin + 1; i < end && i - begin <= DAMAGED_LENGTH; i++) {
        if (!cchci_flow_word_start(flow, i) || !cchci_is_upper(flow->key[i]))
            continue;
        const struct cchci_entry *rest = title_at(flow, i, end);
        if (rest != NULL && i + rest->length == end)
            return i;
    }
    return end;
}

static bool is_deputy(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    return cchci_loose_at(flow->key, begin, end, "pho") > 0 ||
           cchci_loose_at(flow->key, begin, end, "ho") > 0 ||
           cchci_loose_at(flow->key, begin, end, "thutruong") > 0;
}

/* Whether a name says by itself that it is one: two capitalised words without a family name among
 * them are as often a place ("Việt Nam", "Rạch Giá"), of a stamp or a page's foot. */
static bool speaks_for_itself(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    unsigned words = 0;
    for (uint32_t at = begin; at < end; at++) {
        if (!cchci_flow_word_start(flow, at) || !cchci_is_word(flow->key[at]))
            continue;
        if (cchci_lexicon_like(CCHCI_TOPIC_SURNAMES, flow, end, at) != NULL)
            return true;
        words++;
    }
    return words > 2;
}

static bool has_title(const struct block *block)
{
    return has(block->title_begin, block->title_end) ||
           has(block->competence_begin, block->competence_end);
}

/* Whether the signature is over where another title comes: its name has been seen. A name above all
 * titles may have been torn off them. */
static bool has_whole_name(const struct block *block)
{
    return has(block->name_begin, block->name_end) && !block->torn;
}

static void finish_block(struct signature *signature)
{
    struct block *block = &signature->block;
    const struct cchci_flow *flow = signature->flow;
    if ((!has(block->title_begin, block->title_end) || block->torn) &&
        !speaks_for_itself(flow, block->name_begin, block->name_end))
        block->name_begin = block->name_end;
    if (!has(block->competence_begin, block->competence_end) &&
        !has(block->title_begin, block->title_end) && !has(block->name_begin, block->name_end))
        return;
    cchc_signer signer;
    memset(&signer, 0, sizeof signer);
    signer.competence =
        cchci_flow_text(flow, block->competence_begin, block->competence_end, CCHCI_WORDS);
    /* "Q. GIÁM ĐỐC" alone: the title of that line is the position, too. */
    if (!has(block->title_begin, block->title_end)) {
        block->title_begin = block->own_title_begin;
        block->title_end = block->own_title_end;
    }
    signer.position = cchci_flow_text(flow, block->title_begin, block->title_end, CCHCI_WORDS);
    signer.full_name = cchci_flow_text(flow, block->name_begin, block->name_end, CCHCI_WORDS);
    if (signature->signers++ == 0) {
        signature->parse->record->signer = signer;
        signature->parse->record->has_signer = true;
    } else if (!cchci_list_full(signature->parse, &signature->parse->record->cosigners,
                                "There are more signatures than the limit.")) {
        *CCHCI_PUSH(&signature->parse->record->cosigners, signature->parse->arena, cchc_signer) =
            signer;
    }
    if (block->noise)
        cchci_diagnose(signature->parse, CCHCI_SIGNATURE_NOISE, NULL, NULL, 0, 0);
    memset(block, 0, sizeof *block);
}

/* The titles below a name have their own: the name is that of another signature. */
static void finish_torn(struct signature *signature)
{
    struct block below = signature->block;
    memset(&signature->block, 0, sizeof signature->block);
    signature->block.name_begin = below.name_begin;
    signature->block.name_end = below.name_end;
    finish_block(signature);
    signature->block = below;
    signature->block.name_begin = signature->block.name_end = 0;
    signature->block.torn = false;
}

static void read_authority(struct signature *signature, uint32_t line, uint32_t begin,
                           uint32_t prefix, uint32_t end)
{
    const struct cchci_flow *flow = signature->flow;
    struct block *block = &signature->block;
    if (has_whole_name(block))
        finish_block(signature);
    uint32_t title = cchci_flow_next_word(flow, begin + prefix, end);
    /* Two lines glued: "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC". */
    const struct cchci_entry *first = title_at(flow, title, end);
    uint32_t stop = end;
    if (first != NULL) {
        uint32_t second = cchci_flow_next_word(flow, title + first->length, end);
        if (second < end && title_at(flow, second, end) != NULL && flow->key[second - 1] == ' ' &&
            flow->key[second - 2] != ',') {
            block->title_begin = second;
            block->title_end = end;
            stop = second;
            while (stop > begin && !cchci_is_word(flow->key[stop - 1]))
                stop--;
        }
    }
    if (!has(block->competence_begin, block->competence_end))
        block->competence_begin = begin;
    block->competence_end = stop;
    block->competence_lines++;
    block->wraps = first != NULL && title + first->length < stop && stop == end ? line + 1 : 0;
    unsigned char letter = cchci_lower(flow->key[begin]), next = cchci_lower(flow->key[begin + 1]);
    block->deputy = letter == 'k' || (next == '.' && letter == 't' && flow->key[begin + 2] == ' ');
    block->collective = letter == 't' && (next == 'm' || next == '/');
    bool alone = letter == 'q' ||
                 (letter == 't' &&
                  (next == 'm' || (next == '/' && cchci_lower(flow->key[begin + 2]) == 'm')));
    if (alone && first != NULL && stop == end) {
        block->own_title_begin = title;
        block->own_title_end = end;
    } else {
        block->own_title_begin = block->own_title_end = 0;
    }
}

/* Under a KT. what is damaged before a chief's title is the word that makes it a deputy's, under another
 * authority it is noise; without one it may have been the KT., which the title below shows. */
static bool read_damaged_title(struct signature *signature, uint32_t begin, uint32_t end)
{
    const struct cchci_flow *flow = signature->flow;
    struct block *block = &signature->block;
    uint32_t rest = title_rest(flow, begin, end);
    if (rest == end)
        return false;
    if (has_whole_name(block))
        finish_block(signature);
    bool whole = is_deputy(flow, begin, rest) || (block->deputy && !is_deputy(flow, rest, end));
    if (!whole && !has_title(block) && !is_deputy(flow, rest, end)) {
        block->chief_begin = begin;
        block->chief_end = end;
        return false;
    }
    block->title_begin = whole ? begin : rest;
    block->title_end = end;
    return true;
}

#define NOTED_LINES 2u /* "(đã ký)", "(ký tên, đóng dấu)" */

/* Whether a title in small letters begins a line of words alone, and the next one, but for notes in
 * brackets, is a name: "Giám đốc⏎(đã ký)⏎NGUYỄN VĂN AN". */
static bool stands_above_name(const struct cchci_flow *flow, uint32_t line, uint32_t begin,
                              uint32_t end)
{
    const struct cchci_entry *title = title_at(flow, begin, end);
    if (title == NULL || end - begin > TITLE_LENGTH || !cchci_is_upper(flow->key[begin]))
        return false;
    for (uint32_t i = begin + title->length; i < end; i++)
        if (flow->key[i] != ' ' && !cchci_is_letter(flow->key[i]))
            return false;
    uint32_t next = line + 1;
    while (next < flow->line_count && next - line <= NOTED_LINES &&
           flow->key[flow->lines[next].at] == '(')
        next++;
    if (next >= flow->line_count)
        return false;
    uint32_t name = flow->lines[next].at, name_end = cchci_flow_line_end(flow, next);
    return title_at(flow, name, name_end) == NULL && cchci_person_name(flow, &name, &name_end) &&
           speaks_for_itself(flow, name, name_end);
}

static bool read_title(struct signature *signature, uint32_t line, uint32_t begin, uint32_t end)
{
    const struct cchci_flow *flow = signature->flow;
    struct block *block = &signature->block;
    const struct cchci_entry *title = title_at(flow, begin, end);
    if (title == NULL)
        return read_damaged_title(signature, begin, end);
    /* A name may follow on the same line where a gap was lost. */
    uint32_t name = cchci_flow_next_word(flow, begin + title->length, end), name_end = end;
    bool named = name < end && cchci_capitals(flow, begin, begin + title->length) >= 70 &&
                 cchci_capitals(flow, name, end) < 60 && cchci_person_name(flow, &name, &name_end);
    bool capitals = named || cchci_capitals(flow, begin, end) >= 70;
    bool after_authority = has(block->competence_begin, block->competence_end) &&
                           end - begin < 40 && cchci_is_upper(flow->key[begin]);
    if (!capitals && !after_authority && !stands_above_name(flow, line, begin, end))
        return false;
    if (has_whole_name(block))
        finish_block(signature);
    if (named) {
        block->name_begin = name;
        block->name_end = name_end;
        end = name;
    }
    end = cchci_flow_behind_word(flow, begin, end);
    if (has(block->chief_begin, block->chief_end) && is_deputy(flow, begin, end) &&
        !has(block->competence_begin, block->competence_end)) {
        block->competence_begin = block->chief_begin;
        block->competence_end = block->chief_end;
    }
    block->title_begin = begin;
    block->title_end = end;
    block->wraps = title->length < end - begin && !named ? line + 1 : 0;
    return true;
}

/* "VỤ TRƯỞNG VỤ CHÍNH SÁCH⏎THUẾ", "TRƯỞNG PHÒNG TUYÊN TRUYỀN⏎HỖ TRỢ NGƯỜI NỘP THUẾ": capitals right below a
 * title with words behind it go on with it. A short line may be a seal's, or a name: it does so only where
 * the signer's own title follows. */
static bool goes_on(const struct signature *signature, uint32_t line, uint32_t begin, uint32_t end)
{
    const struct cchci_flow *flow = signature->flow;
    const struct cchci_layout *layout = signature->parse->layout;
    if (line != signature->block.wraps || line == 0 || end - begin > TITLE_LENGTH ||
        cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, begin) != NULL ||
        title_at(flow, begin, end) != NULL)
        return false;
    uint32_t words = 1;
    for (uint32_t i = begin; i < end; i++) {
        if (flow->key[i] != ' ' && !cchci_is_upper(flow->key[i]))
            return false;
        words += flow->key[i] == ' ';
    }
    uint32_t next = cchci_flow_line_end(flow, line);
    if (words > 3)
        return true;
    return !cchci_flow_source_line(layout, &layout->signature, line)->blank_before &&
           (next < flow->length && title_at(flow, next, flow->length) != NULL);
}

/* Where a title begins behind words of the left column that came with it, small ones or closed by a
 * sign: "Vụ CS; PC: VỤ TRƯỞNG"; end: nowhere. */
static uint32_t behind_noise(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    bool small = false;
    for (uint32_t i = begin; i < end; i++) {
        small |= cchci_is(flow->key[i], CCHCI_IS_LOWER);
        if (cchci_is_upper(flow->key[i]) && cchci_flow_word_start(flow, i) &&
            (small || (i > begin + 1 && !cchci_is_word(flow->key[i - 2]))) &&
            title_at(flow, i, end) != NULL)
            return cchci_capitals(flow, i, end) == 100 ? i : end;
    }
    return end;
}

/* "guyễn Thanh Bình": the first letter of a common surname lies in the seal. */
static bool lost_initial(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    static const char *const rests[] = {"guyen", "ran", "ham", "oang", "uynh", "ao",
                                        "ui",    "go",  "inh", "ang",  NULL};
    for (int i = 0; rests[i] != NULL; i++) {
        uint32_t length = cchci_flow_words(flow, begin, rests[i]);
        uint32_t given = begin + length + 1, given_end = end;
        if (length > 0 && !cchci_is_upper(flow->key[begin]))
            return given < end && cchci_person_name(flow, &given, &given_end) && given_end == end;
    }
    return false;
}

/* Reads words of a line up to where another column, or "(đã ký)", begins. */
static void read_words(struct signature *signature, uint32_t line, uint32_t begin, uint32_t end)
{
    const struct cchci_flow *flow = signature->flow;
    struct block *block = &signature->block;
    end = cchci_flow_behind_word(flow, begin, end);
    if (end - begin < 2) {
        block->noise |= has(block->title_begin, block->title_end);
        return;
    }
    uint32_t prefix = cchci_authority_prefix(flow, begin, end);
    for (uint32_t k = begin + 1; prefix == 0 && k < end && k < begin + 12; k++) {
        /* "/Ð_—— TL. BỘ TRƯỞNG": what stands before it is noise. */
        uint32_t inner = cchci_flow_word_start(flow, k) ? cchci_authority_prefix(flow, k, end) : 0;
        if (inner > 0 && !cchci_is_word(flow->key[k + inner - 1])) {
            prefix = inner;
            begin = k;
        }
    }
    if (prefix > 0) {
        read_authority(signature, line, begin, prefix, end);
        return;
    }
    if (goes_on(signature, line, begin, end)) {
        if (has(block->title_begin, block->title_end))
            block->title_end = end;
        else
            block->competence_end = end;
        return;
    }
    if (read_title(signature, line, begin, end))
        return;
    uint32_t name = begin, name_end = end;
    if (cchci_person_name(flow, &name, &name_end) || lost_initial(flow, begin, end)) {
        if (has_title(block) && block->torn)
            finish_torn(signature);
        if (!has(block->name_begin, block->name_end) ||
            cchci_capitals(flow, name, name_end) <= 90) {
            block->name_begin = name;
            block->name_end = name_end;
            block->torn = !has_title(block);
        }
        return;
    }
    uint32_t behind = behind_noise(flow, begin, end);
    if (behind < end && read_title(signature, line, behind, end))
        return;
    /* "TỈNH QUẢNG NAM" under "TM. ỦY BAN NHÂN DÂN" goes on with it. */
    if (has(block->competence_begin, block->competence_end) &&
        !has(block->title_begin, block->title_end) && cchci_capitals(flow, begin, end) > 90 &&
        end - begin > 5 && end - begin < 40 && block->collective &&
        (cchci_flow_words(flow, begin, "tinh") || cchci_flow_words(flow, begin, "thanh pho") ||
         cchci_flow_words(flow, begin, "huyen"))) {
        block->competence_end = end;
        return;
    }
    block->noise |= has(block->title_begin, block->title_end) ||
                    has(block->competence_begin, block->competence_end);
}

/* Reads the part [begin, end) of a line. */
static void read_part(struct signature *signature, uint32_t line, uint32_t begin, uint32_t end)
{
    const struct cchci_flow *flow = signature->flow;
    begin = cchci_flow_next_word(flow, begin, end);
    /* "Phan Văn Anh (đã ký)", "PHÓ GIÁM ĐỐC (Đã ký) Phan Văn Anh" */
    uint32_t signed_at = end, name_end = end;
    for (uint32_t i = cchci_next_key(flow->key, begin + 1, end, '('); i < signed_at; i++)
        if (flow->key[i] == '(' && cchci_lower(flow->key[i + 1]) == 'd' &&
            cchci_behind_signed(flow, i + 1, end) > i + 1)
            signed_at = i;
    read_words(signature, line, begin, signed_at);
    uint32_t name = signed_at;
    if (signed_at < end && cchci_person_name(flow, &name, &name_end))
        read_words(signature, line, name, name_end);
}

#define COLUMN_LINES 16u /* from the authorities to the names, with what lies between */

/* Reads the signatures side by side, so many, whose authorities stand on a line: column by column, the
 * lines that are not cut with the first one, names alone one after another. Returns the line behind. */
static uint32_t read_columns(struct signature *signature, uint32_t first, unsigned count)
{
    const struct cchci_flow *flow = signature->flow;
    struct cchci_columns columns;
    uint32_t last = first;
    finish_block(signature);
    for (unsigned column = 0; column < count; column++) {
        unsigned names = 0;
        for (uint32_t l = first; l < flow->line_count && l - first < COLUMN_LINES; l++) {
            uint32_t end = cchci_flow_line_end(flow, l),
                     begin = cchci_flow_next_word(flow, flow->lines[l].at, end);
            bool named = false;
            end = cchci_flow_behind_word(flow, begin, end);
            if (l > first && cchci_authority_prefix(flow, begin, end) > 0)
                break; /* another signature below */
            if (l == first ? cchci_columns_begin(flow, begin, end, &columns) == count
                           : cchci_columns_cut(flow, begin, end, count, &columns, &named)) {
                read_part(signature, l, columns.at[column], columns.at[column + 1]);
                names += named ? count : 0;
            } else {
                uint32_t name = begin, name_end = end;
                named =
                    title_at(flow, begin, end) == NULL && cchci_person_name(flow, &name, &name_end);
                if (column == (named ? names : 0))
                    read_part(signature, l, begin, end);
                names += named;
            }
            last = l;
            if (names >= count)
                break;
        }
        finish_block(signature);
    }
    return last + 1;
}

void cchci_field_signer(struct cchci_parse *parse)
{
    struct signature signature = {.parse = parse, .flow = &parse->layout->signature.flow};
    const struct cchci_flow *flow = signature.flow;
    for (uint32_t l = 0; l < flow->line_count;) {
        uint32_t begin = flow->lines[l].at, end = cchci_flow_line_end(flow, l);
        struct cchci_columns columns;
        unsigned count =
            cchci_columns_begin(flow, cchci_flow_next_word(flow, begin, end), end, &columns);
        if (count > 1) {
            l = read_columns(&signature, l, count);
            continue;
        }
        read_part(&signature, l, begin, end);
        l++;
    }
    finish_block(&signature);
    if (signature.signers > 0)
        cchci_claim_flow(parse, CCHCI_SEGMENT_SIGNER, cchci_new_group(parse), flow, 0,
                         flow->length);
}
