/* SPDX-License-Identifier: MIT */
/* The tree of marked items (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6.d: phần, chương, mục, điều,
 * khoản, điểm, and the dashes that letters use).
 *
 * 1. A marker counts only at a line's start, and only where it is plausible: after the end of a
 *    sentence, after a blank line, or as the next number of its list. A wrapped line that happens
 *    to begin with "2025." is none of these.
 * 2. Its level is told by clauses_tree.c, and which capital letters are markers by clauses_capital.c.
 * 3. A clause reaches to the next marker. The last one of a list ends where a closing paragraph
 *    begins ("Đề nghị …", "Trên đây …"); whether it was the last is known only when the next marker
 *    comes, so the place is remembered until then.
 */
#include <string.h>

#include "base/limits.h"
#include "clauses.h"
#include "layout/grid.h"
#include "layout/words.h"
#include "segments.h"
#include "text/eight.h"
#include "text/take.h"

struct clauses {
    struct cchci_parse *parse;
    const struct cchci_flow *flow;
    struct cchci_tree tree;
    struct cchci_vector found;  /* struct found_clause */
    size_t most;                /* so many at most */
    int last_article;           /* Điều are numbered through all chapters */
    uint32_t closing;           /* where a closing paragraph may have begun; 0: nowhere */
    bool headed, headed_before; /* the last clause, the one before, has a heading over paragraphs */
    bool too_many, too_many_paragraphs;
};

/* A clause while the lines are read: half of a record, so that growing costs little. */
struct found_clause {
    struct cchci_marker marker;
    uint32_t from; /* where its line begins, with specks and an opening quotation mark perhaps */
    uint32_t end;  /* 0: up to the next */
    uint32_t parent, level;
};

static struct found_clause *found_at(const struct clauses *clauses, uint32_t i)
{
    return &CCHCI_AT(&clauses->found, struct found_clause, i);
}

/* Which of eight keys are parentheses or semicolons. */
static uint64_t parentheses(const unsigned char *key)
{
    uint64_t eight = cchci_eight(key);
    return cchci_eight_within(eight, '(', ')') | cchci_eight_is(eight, ';');
}

static bool is_parenthesis(unsigned char key)
{
    return key == '(' || key == ')' || key == ';';
}

/* Whether a place lies between a parenthesis and the one that closes it, behind a semicolon perhaps; one
 * that a scanner left open holds nothing. */
static bool in_parentheses(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t first = cchci_place_before(at, CCHCI_PARENTHESIS_LENGTH, 0);
    uint32_t i = at;
    while (i >= first + 8 && parentheses(flow->key + i - 8) == 0)
        i -= 8;
    while (i > first && !is_parenthesis(flow->key[i - 1]))
        i--;
    if (i == first || flow->key[i - 1] != '(')
        return false;
    uint32_t left = flow->length - at;
    uint32_t last = at + (left > CCHCI_PARENTHESIS_LENGTH ? CCHCI_PARENTHESIS_LENGTH : left);
    for (i = at; i < last && (!is_parenthesis(flow->key[i]) || flow->key[i] == ';');)
        i++;
    return i < last && flow->key[i] == ')';
}

/* "phát triển kinh tế⏎- xã hội" among items that begin with capitals: the rest of a long line, over a
 * page's end perhaps. */
static bool goes_on_lower(const struct clauses *clauses, uint32_t line, int list,
                          const struct cchci_marker *marker, unsigned char before)
{
    const struct cchci_flow_line *lines = clauses->flow->lines;
    return list >= 0 && marker->style == CCHCI_MARKER_DASH && !clauses->tree.stack[list].lower &&
           cchci_begins_lower(clauses->flow, marker) &&
           (cchci_is_letter(before) || before == ',') && line > 0 &&
           lines[line].at - lines[line - 1].at >= CCHCI_WRAPPED_LENGTH;
}

/* "Ban Văn hóa⏎– Xã hội", "Bộ Lao động⏎- Thương binh và Xã hội" */
static bool is_half_name(const struct clauses *clauses, const struct cchci_marker *marker,
                         unsigned char before)
{
    return cchci_is_letter(before) &&
           (cchci_flow_words(clauses->flow, marker->text, "xa hoi") > 0 ||
            cchci_flow_words(clauses->flow, marker->text, "thuong binh") > 0);
}

static bool is_year(const struct cchci_flow *flow, uint32_t at)
{
    const unsigned char *key = flow->key + at;
    return (key[0] == '1' || key[0] == '2') && (key[1] == '9' || key[1] == '0') &&
           cchci_is_digit(key[2]) && cchci_is_digit(key[3]) && !cchci_is_digit(key[4]);
}

/* A marker's line, and what stands around it. */
struct setting {
    uint32_t line;
    unsigned char before; /* the sign before the line */
    bool blank, apart;    /* behind a blank line, or behind it or the end of a sentence */
    bool quoted;          /* it begins with a quotation mark, or the dots of what was cut */
    bool capital;         /* no small letter follows */
};

static struct setting setting_of(const struct clauses *clauses, uint32_t line,
                                 const struct cchci_marker *marker)
{
    const struct cchci_flow *flow = clauses->flow;
    const struct cchci_flow_line *lines = flow->lines;
    unsigned char first = flow->key[lines[line].at];
    struct setting setting = {
        .line = line,
        .before = cchci_sign_before(flow, lines[line].at),
        .blank = cchci_flow_source_line(clauses->parse->layout, &clauses->parse->layout->body, line)
                     ->blank_before,
        .quoted = first == '"' || first == '.',
        .capital = !cchci_begins_lower(flow, marker)};
    setting.apart =
        line == 0 || setting.blank || cchci_ends_sentence(setting.before) || first == '.';
    /* Behind a line that ended before it was full: "Điều 7. Giá tính thuế⏎3. Đối với". */
    if (!setting.apart && setting.capital && cchci_is_letter(setting.before) &&
        lines[line].at - lines[line - 1].at < CCHCI_WRAPPED_LENGTH)
        setting.apart =
            marker->style == CCHCI_MARKER_LETTER
                ? marker->sign == ')' && marker->depth == 1
                : (marker->style == CCHCI_MARKER_DECIMAL || marker->style == CCHCI_MARKER_DOTTED) &&
                      marker->sign == '.';
    return setting;
}

/* Whether what looks like an article's beginning is the citation of another one. */
static bool cites_article(const struct clauses *clauses, const struct setting *setting,
                          const struct cchci_marker *marker)
{
    return marker->text > marker->end && (marker->sign == 0 || marker->sign == ',') &&
           !setting->quoted &&
           !(setting->apart &&
             (setting->before == ':' || marker->value == clauses->last_article + 1));
}

static bool plausible_bullet(const struct clauses *clauses, const struct setting *setting,
                             const struct cchci_marker *marker, int list)
{
    const struct cchci_flow *flow = clauses->flow;
    unsigned char before = setting->before;
    if (cchci_is_digit(flow->key[marker->text]) && !cchci_ends_sentence(before) &&
        setting->line > 0 &&
        (cchci_is_digit(before) ? !setting->apart : is_year(flow, marker->text)))
        return false; /* "giai đoạn 2021⏎- 2025" */
    bool goes_on = goes_on_lower(clauses, setting->line, list, marker, before);
    if (setting->apart && !(setting->blank && goes_on))
        return true;
    if (in_parentheses(flow, flow->lines[setting->line].at))
        return false; /* "(Thôn Cù Dù - Xã Lộc Vĩnh⏎- Tỉnh Thừa Thiên Huế)" */
    return list >= 0 ? !goes_on
                     : setting->capital && before != ',' && !is_half_name(clauses, marker, before);
}

/* Whether a number is none: in parentheses, "(Điều⏎60);", or without its sign where no list has it. */
static bool is_no_number(const struct clauses *clauses, const struct setting *setting,
                         const struct cchci_marker *marker, int list)
{
    if (marker->style != CCHCI_MARKER_DECIMAL && marker->style != CCHCI_MARKER_DOTTED)
        return false;
    return marker->sign == ')'
               ? in_parentheses(clauses->flow, clauses->flow->lines[setting->line].at)
               : marker->sign == 0 && !setting->apart && list < 0;
}

/* list: which one the marker goes on with. */
static bool plausible(const struct clauses *clauses, uint32_t line,
                      const struct cchci_marker *marker, int list)
{
    if (cchci_is_capital(marker->style))
        return true; /* as was asked where it was read */
    const struct cchci_flow *flow = clauses->flow;
    const struct setting setting = setting_of(clauses, line, marker);
    bool apart = setting.apart, capital = setting.capital;
    /* "theo khoản 1 Mục I⏎Phần II. Trường hợp": the rest of a line that was full. */
    if (marker->style == CCHCI_MARKER_PART && !apart &&
        flow->lines[line].at - flow->lines[line - 1].at >= CCHCI_WRAPPED_LENGTH)
        return false;
    /* A comma closes a number that is known by its setting. */
    if (marker->sign == ',' &&
        !(apart && capital && (marker->value == 1 || list >= 0 || setting.quoted)))
        return false;
    if (marker->style == CCHCI_MARKER_ARTICLE) {
        if (cites_article(clauses, &setting, marker))
            return false;
        if (capital && (marker->value == clauses->last_article + 1 ||
                        (marker->begin > 0 && flow->key[marker->begin - 1] == '"')))
            return true;
    }
    if (cchci_is_bullet(marker))
        return plausible_bullet(clauses, &setting, marker, list);
    if (is_no_number(clauses, &setting, marker, list))
        return false;
    if (cchci_is_unread(marker)) {
        if (marker->style == CCHCI_MARKER_ROMAN)
            return list >= 0 || (apart && capital);
        if (marker->style == CCHCI_MARKER_CHAPTER)
            return apart;
        if (!cchci_is_ascii_letter(flow->key[marker->label_begin]))
            return apart && (list >= 0 || (capital && flow->key[marker->label_begin] == '@'));
    }
    if (marker->style == CCHCI_MARKER_BRACKET_ROMAN && marker->value > 1 &&
        flow->key[marker->begin] != '(' && list < 0)
        return false; /* "ii)" without "i)" */
    if (list >= 0 && marker->value == clauses->tree.stack[list].value + 1)
        return true;
    if (marker->value == 1 && capital)
        return true;
    return apart && (capital || marker->style == CCHCI_MARKER_LETTER ||
                     marker->style >= CCHCI_MARKER_BRACKET_ROMAN || setting.before == ':' ||
                     setting.before == ';');
}

/* Whether a paragraph that starts here closes the body. */
static bool is_closing(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    if (!cchci_is_upper(flow->key[begin]))
        return false;
    if (cchci_lexicon_like(CCHCI_TOPIC_CLOSING_PARAGRAPHS, flow, end, begin) != NULL)
        return true;
    const struct cchci_entry *agency = cchci_lexicon_like(CCHCI_TOPIC_AGENCIES, flow, end, begin);
    if (agency == NULL)
        return false;
    /* "Sở Nội vụ thông báo …", "Ủy ban nhân dân tỉnh yêu cầu …": the issuer speaks again. */
    static const char *const verbs[26][CCHCI_WORDS_OF_LETTER] = {
        ['b' - 'a'] = {"bao cao"},     ['d' - 'a'] = {"de nghi"},
        ['g' - 'a'] = {"giao"},        ['k' - 'a'] = {"kinh de nghi", "kinh trinh", "kinh bao cao"},
        ['r' - 'a'] = {"rat mong"},    ['t' - 'a'] = {"thong bao", "tra loi", "tran trong"},
        ['x' - 'a'] = {"xin bao cao"}, ['y' - 'a'] = {"yeu cau"}};
    uint32_t words = 0;
    for (uint32_t i = begin + agency->length; i < end && words < 12; i++) {
        if (flow->key[i] == '.' || flow->key[i] == ':' || flow->key[i] == ',' ||
            flow->key[i] == ';')
            return false;
        if (flow->key[i] != ' ')
            continue;
        words++;
        if (cchci_any_words(flow, i + 1, verbs) > 0)
            return true;
    }
    return false;
}

/* The place behind a stroke of OCR and its blank, if one stands there. */
static uint32_t behind_stroke(const struct cchci_flow *flow, uint32_t at)
{
    uint32_t i = cchci_skip(flow, at, CCHCI_KEYS("_"));
    return i > at ? cchci_skip_blank(flow, i) : at;
}

/* Whether the bullets of the last list hold what a marker begins, which by the decree's order stands
 * above them: "* …⏎- …⏎* …⏎- …", "- …⏎1. …⏎2. …⏎- …⏎1. …". Told by the next one of the list, behind
 * which theirs begin again. */
static bool bullets_hold(const struct cchci_tree *tree, uint32_t line,
                         const struct cchci_marker *marker)
{
    const struct cchci_open_list *list = &tree->stack[tree->open - 1];
    const struct cchci_flow *flow = tree->flow;
    bool begins = cchci_is_bullet(marker) || (marker->value == 1 && marker->depth == 1);
    if (list->style < CCHCI_MARKER_DASH || !begins || list->holds)
        return list->holds && begins;
    bool again = false;
    for (uint32_t l = line + 1; l < flow->line_count && l - line < CCHCI_BULLET_LINES; l++) {
        struct cchci_marker next;
        if (!cchci_marker_read(flow, flow->lines[l].at, cchci_flow_line_end(flow, l), &next))
            continue;
        bool same = next.style == marker->style && next.depth == marker->depth;
        if (!cchci_is_bullet(&next) && !same)
            return false;
        if (again)
            return same && (cchci_is_bullet(&next) || next.value == 1);
        again = next.style == list->style;
    }
    return false;
}

/* Whether the last list ends above what a marker begins: that is not below it, nor do its bullets hold
 * it, which is remembered. */
static bool gives_way(struct cchci_tree *tree, uint32_t line, const struct cchci_marker *marker)
{
    struct cchci_open_list *list = &tree->stack[tree->open - 1];
    if (cchci_is_below(list, marker))
        return false;
    list->holds = bullets_hold(tree, line, marker);
    return !list->holds;
}

/* Puts a clause into the tree; its list is the last one that is open then. */
static void put_into(struct cchci_tree *tree, const struct cchci_marker *marker,
                     const struct cchci_place *place, uint32_t line, uint32_t clause)
{
    bool begins = place->list < 0;
    unsigned least = 0;
    if (!place->plain) {
        tree->quotation = place->quotation;
        tree->open = begins ? place->open : tree->open;
        least = place->least;
    }
    if (begins) {
        while (tree->open > least && gives_way(tree, line, marker))
            tree->open--;
        if (tree->open == tree->parse->limits->max_clause_depth) {
            tree->open--;
            tree->too_deep = true;
        }
        if (tree->quotation.first != CCHCI_NOWHERE && tree->quotation.first > tree->open)
            tree->quotation.first = tree->open;
        tree->open++;
    } else {
        tree->open = (unsigned)place->list + 1;
    }
    struct cchci_open_list *list = &tree->stack[tree->open - 1];
    if (begins) {
        list->lower = cchci_begins_lower(tree->flow, marker);
        list->holds = false;
    }
    /* f and j lie between letters that follow one another: "e), f), g)". */
    bool between = cchci_rank_of(marker->style) > (int)CCHCI_MARKER_DOTTED &&
                   cchci_is_ascii_letter(tree->flow->key[marker->label_begin]);
    if (marker->value != 0)
        list->value = marker->value;
    else
        list->value = begins ? 1 : list->value + !between;
    list->style = marker->style;
    list->depth = marker->depth;
    list->sign = marker->sign;
    list->clause = clause;
    list->text = marker->text;
}

static void open_clause(struct clauses *clauses, uint32_t line, const struct cchci_marker *marker,
                        const struct cchci_place *place)
{
    if (marker->style == CCHCI_MARKER_ARTICLE)
        clauses->last_article = marker->value;
    /* The clause before ends where a closing paragraph began, unless this marker shows that its
     * list had not ended. */
    struct cchci_tree *tree = &clauses->tree;
    bool same_list = place->list >= 0 &&
                     (place->plain || place->quotation.first == tree->quotation.first) &&
                     (cchci_is_bullet(marker) || cchci_is_next(&tree->stack[place->list], marker));
    if (clauses->closing != 0 && !same_list && clauses->found.count > 0)
        found_at(clauses, clauses->found.count - 1)->end = clauses->closing;
    clauses->closing = 0;
    clauses->headed_before = clauses->headed;
    clauses->headed = false;
    struct found_clause *clause =
        CCHCI_PUSH(&clauses->found, clauses->parse->arena, struct found_clause);
    clause->marker = *marker;
    clause->from = clauses->flow->lines[line].at;
    put_into(tree, marker, place, line, clauses->found.count - 1);
    clause->level = tree->open;
    clause->parent = tree->open > 1 ? tree->stack[tree->open - 2].clause : UINT32_MAX;
}

/* Whether the last clause is a line of words alone, where those of its list before it hold others: the
 * title of what follows. */
static bool is_heading(const struct clauses *clauses, uint32_t at)
{
    const unsigned char *key = clauses->flow->key;
    const struct found_clause *last = found_at(clauses, clauses->found.count - 1);
    return !cchci_is_bullet(&last->marker) && clauses->found.count > 1 &&
           (last[-1].level > last->level ||
            (clauses->headed_before && last[-1].level == last->level)) &&
           at - last->marker.text < 2 * CCHCI_WRAPPED_LENGTH &&
           cchci_next_key(key, last->marker.text, at, ':') == at;
}

/* Whether the last clause has a heading alone on its line, below which its paragraphs begin at this one. */
static bool is_below_heading(const struct clauses *clauses, uint32_t line, bool blank)
{
    const struct cchci_flow *flow = clauses->flow;
    const struct found_clause *last = found_at(clauses, clauses->found.count - 1);
    uint32_t at = flow->lines[line].at;
    return line > 0 && last->from == flow->lines[line - 1].at && !cchci_is_bullet(&last->marker) &&
           cchci_is_letter(cchci_sign_before(flow, at)) && cchci_is_upper(flow->key[at]) &&
           (blank || at - last->marker.text < CCHCI_WRAPPED_LENGTH);
}

/* Whether a paragraph takes leave: no clause has it, however short that is. */
static bool takes_leave(const struct cchci_flow *flow, uint32_t at)
{
    static const char *const words[26][CCHCI_WORDS_OF_LETTER] = {
        ['n' - 'a'] = {"nhan dip nay", "noi nhan"},
        ['r' - 'a'] = {"rat mong"},
        ['t' - 'a'] = {"tren day", "trong qua trinh", "tran trong"},
        ['v' - 'a'] = {"vay"},
        ['x' - 'a'] = {"xin"}};
    return cchci_any_words(flow, at, words) > 0;
}

/* Whether what stands before a place is the title of the last clause and nothing else, in capitals, or
 * that of an article, on a line that is not full: a paragraph below it is what that clause says,
 * whatever it begins with. */
static bool below_title(const struct clauses *clauses, uint32_t at)
{
    const struct cchci_flow *flow = clauses->flow;
    const struct cchci_marker *last = &found_at(clauses, clauses->found.count - 1)->marker;
    if (at <= last->text || at - last->text > CCHCI_TITLE_LENGTH ||
        !cchci_is_letter(cchci_sign_before(flow, at)))
        return false;
    return (last->style == CCHCI_MARKER_ARTICLE && at - last->text < 2 * CCHCI_WRAPPED_LENGTH) ||
           (is_heading(clauses, at) && !takes_leave(flow, at)) ||
           cchci_capitals(flow, last->text, at) >= 80;
}

/* "(i)", "v)": a letter or a Roman number. */
static bool may_be_roman(const struct cchci_flow *flow, const struct cchci_marker *marker)
{
    if ((marker->style != CCHCI_MARKER_LETTER && marker->style != CCHCI_MARKER_BRACKET_ROMAN) ||
        marker->label_end != marker->label_begin + 1)
        return false;
    unsigned char key = flow->key[marker->label_begin];
    return key == 'i' || key == 'v' || key == 'x' || key == 'l';
}

/* The place behind one or two signs, digits or a bullet that a blank parts from what follows: what a
 * scanner reads of specks on the margin. */
static uint32_t behind_noise(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t i = at;
    while (i < end && i - at < 2 && flow->key[i] != ' ' && !cchci_is_letter(flow->key[i]))
        i++;
    if (i == at || cchci_flow_key(flow, i, end) != ' ')
        return at;
    i++;
    return i + (cchci_flow_key(flow, i, end) == '"');
}

/* Whether a marker behind noise goes on with an open list, as no words do by chance: "7 11.4. Hồ sơ" behind
 * 11.3., "- đ) Đơn" behind d). */
static bool read_behind_noise(const struct clauses *clauses, uint32_t line,
                              struct cchci_marker *marker)
{
    const struct cchci_flow *flow = clauses->flow;
    uint32_t at = flow->lines[line].at, end = cchci_flow_line_end(flow, line);
    uint32_t behind = behind_noise(flow, at, end);
    struct cchci_marker found;
    if (behind == at || !cchci_marker_read(flow, behind, end, &found) || cchci_is_bullet(&found) ||
        found.begin != behind || found.value == 0 || cchci_begins_lower(flow, &found) ||
        !cchci_clauses_paragraph(&clauses->tree, line) ||
        !cchci_tree_goes_on(&clauses->tree, &found))
        return false;
    *marker = found;
    return true;
}

/* Whether the next item behind a line has a dash, or a stroke that may be one. */
static bool dash_follows(const struct cchci_flow *flow, uint32_t line)
{
    struct cchci_marker marker;
    for (uint32_t l = line + 1; l < flow->line_count && l - line < CCHCI_STROKE_LINES; l++) {
        uint32_t at = flow->lines[l].at, end = cchci_flow_line_end(flow, l);
        if (cchci_marker_read(flow, at, end, &marker) ||
            cchci_marker_read_stroke(flow, at, end, &marker))
            return marker.style == CCHCI_MARKER_DASH;
    }
    return false;
}

/* Whether a stroke before a paragraph is the dash of an item: in a list of dashes, or behind a colon as
 * the first of one. An example is no item. */
static bool read_stroke(const struct clauses *clauses, uint32_t line, struct cchci_marker *marker)
{
    const struct cchci_flow *flow = clauses->flow;
    const struct cchci_tree *tree = &clauses->tree;
    uint32_t at = flow->lines[line].at, end = cchci_flow_line_end(flow, line);
    if (!cchci_marker_read_stroke(flow, at, end, marker) || !cchci_clauses_paragraph(tree, line) ||
        is_closing(flow, marker->text, end) || cchci_flow_words(flow, marker->text, "vi du") > 0)
        return false;
    return (tree->open > 0 && tree->stack[tree->open - 1].style == CCHCI_MARKER_DASH) ||
           (cchci_sign_before(flow, at) == ':' && dash_follows(flow, line));
}

/* Whether a line is the head of the first column of a table that was poured cell by cell: "STT". */
static bool heads_rows(const struct cchci_flow *flow, uint32_t at, uint32_t end)
{
    uint32_t length = cchci_flow_words(flow, at, "stt");
    length = length > 0 ? length : cchci_flow_words(flow, at, "tt");
    return length > 0 && cchci_is_upper(flow->key[at]) &&
           cchci_word_characters(flow, at + length, end) == 0;
}

/* Where a number with decimals begins that ends at a place, behind a blank; the place: none does. */
static uint32_t decimal_before(const struct cchci_flow *flow, uint32_t from, uint32_t end)
{
    uint32_t i = end;
    bool decimals = false;
    while (i > from + 1 &&
           (cchci_is_digit(flow->key[i - 1]) || memchr(",.%-", flow->key[i - 1], 4) != NULL)) {
        i--;
        decimals |= flow->key[i] == ',' && i + 1 < end && cchci_is_digit(flow->key[i + 1]);
    }
    return decimals && flow->key[i - 1] == ' ' ? i : end;
}

/* "I. Lương thực 101,25 99,75": the row of a table, whose number is none of the letter's. No sentence
 * has two such numbers in a row. */
static bool is_row_of_figures(const struct cchci_flow *flow, uint32_t from, uint32_t end)
{
    end = cchci_flow_before_blank(flow, end);
    uint32_t last = decimal_before(flow, from, end);
    return last < end && decimal_before(flow, from, last - 1) < last - 1;
}

/* Whether a line is the word that enacts, "QUYẾT ĐỊNH:", behind items of what that is based on. */
static bool enacts(const struct clauses *clauses, uint32_t at, uint32_t end)
{
    const struct cchci_flow *flow = clauses->flow;
    if (!cchci_is_upper(flow->key[at]) || !cchci_is_upper(flow->key[at + 1]) ||
        !cchci_opens_basis(flow, found_at(clauses, clauses->found.count - 1)->marker.text))
        return false;
    end = cchci_flow_behind_word(flow, at, end);
    const struct cchci_entry *type =
        cchci_lexicon_at(CCHCI_TOPIC_DOCUMENT_TYPES, flow->key, flow->length, at);
    return (type != NULL && at + type->length == end) ||
           cchci_flow_words(flow, at, "quyet nghi") == end - at ||
           cchci_lexicon_spaced(CCHCI_TOPIC_DOCUMENT_TYPES, flow, at, end) != NULL;
}

static void read_lines(struct clauses *clauses)
{
    const struct cchci_flow *flow = clauses->flow;
    bool rows = false; /* behind such a head numbers alone are those of its rows */
    for (uint32_t l = 0; l < flow->line_count; l++) {
        uint32_t at = flow->lines[l].at, end = cchci_flow_line_end(flow, l);
        struct cchci_marker marker;
        bool marked = cchci_marker_read(flow, at, end, &marker);
        if (!marked || cchci_is_bullet(&marker))
            marked |= read_behind_noise(clauses, l, &marker);
        marked = marked || read_stroke(clauses, l, &marker) ||
                 cchci_tree_read_capital(&clauses->tree, l, &marker);
        rows = marked ? rows && marker.style == CCHCI_MARKER_DECIMAL &&
                            cchci_word_characters(flow, marker.end, end) == 0
                      : rows || heads_rows(flow, at, end);
        marked = marked && !rows && !is_row_of_figures(flow, marker.text, end);
        struct cchci_place place;
        if (marked && may_be_roman(flow, &marker))
            cchci_tree_tell_roman(&clauses->tree, l, &marker);
        if (marked && marker.style == CCHCI_MARKER_DECIMAL && marker.sign == ')' &&
            marker.label_end == marker.label_begin + 1)
            cchci_tree_tell_digit(&clauses->tree, l, &marker);
        if (marked)
            cchci_tree_place(&clauses->tree, l, &marker, &place);
        if (marked && plausible(clauses, l, &marker, place.kind)) {
            if (clauses->found.count == clauses->most) {
                clauses->too_many = true;
                return;
            }
            open_clause(clauses, l, &marker, &place);
            continue;
        }
        if (flow->key[at] == '"')
            cchci_tree_words(&clauses->tree, l);
        if (clauses->closing != 0 || clauses->found.count == 0)
            continue;
        const struct cchci_line *source =
            cchci_flow_source_line(clauses->parse->layout, &clauses->parse->layout->body, l);
        unsigned char before = cchci_sign_before(flow, at);
        clauses->headed |= is_below_heading(clauses, l, source->blank_before);
        if ((source->blank_before || cchci_ends_sentence(before)) && before != ':' &&
            !below_title(clauses, at) &&
            (is_closing(flow, behind_stroke(flow, at), end) || enacts(clauses, at, end)))
            clauses->closing = at;
    }
}

#define SCRIBBLE_LENGTH 12u /* what a scanner reads of an initial behind the end mark */

/* Where the end mark of a letter stands behind which nothing follows but a scribble: "./. We"; else end.
 * "../../2024" is a date left open. */
static uint32_t end_mark(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    uint32_t from = cchci_place_before(end, SCRIBBLE_LENGTH + 2, begin + 1);
    for (uint32_t i = from; (i = cchci_next_key(flow->key, i + 1, end, '/')) + 1 < end;)
        if (flow->key[i - 1] == '.' && flow->key[i + 1] == '.' && flow->key[i - 2] != '.' &&
            flow->key[i + 2] != '.')
            return i;
    return end;
}

/* Without the blanks and signs that close a clause: ; . , and the end mark ./. of a letter. */
static uint32_t text_end(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    while (end > begin) {
        unsigned char key = flow->key[end - 1];
        bool slash = key == '/' && end - 1 > begin &&
                     (flow->key[end - 2] == '.' || flow->key[end - 2] == ' ');
        if (key != ' ' && key != ';' && key != '.' && key != ',' && key != '_' && !slash)
            break;
        end--;
    }
    return end;
}

/* Where [begin, end) ends without the blanks, and without the mark of a quotation that began before it,
 * or whose opening mark the marker has. */
static uint32_t without_last_mark(const struct cchci_flow *flow, uint32_t begin, uint32_t end)
{
    while (end > begin && flow->key[end - 1] == ' ')
        end--;
    if (end <= begin || flow->key[end - 1] != '"')
        return end;
    bool alone = false;
    for (uint32_t i = begin; (i = cchci_next_key(flow->key, i, end, '"')) < end; i++)
        alone = !alone;
    return end - alone;
}

/* Bytes of a marker, and of a label, that are copied as one step with their closing NUL, which costs
 * less than to ask how many they are. Few have more: "Điều 100." */
#define SHORT_VALUE ((size_t)16)

/* Copies marker and label from their first character on where they are short; false: they are not. */
static bool copy_marker(const struct cchci_flow *flow, const struct cchci_marker *marker,
                        uint32_t first, cchc_clause *clause)
{
    const struct cchci_text *text = flow->text;
    if (marker->label_begin == marker->label_end || flow->key[marker->end - 1] == ' ' ||
        flow->key[marker->label_end - 1] == ' ')
        return false;
    const uint32_t *off = text->off + first;
    size_t begin = off[0], length = off[marker->end - marker->begin] - begin;
    if (length >= SHORT_VALUE || text->utf8_length - begin < 2 * SHORT_VALUE)
        return false;
    size_t label = off[marker->label_begin - marker->begin];
    size_t label_length = off[marker->label_end - marker->begin] - label;
    char *copy = CCHCI_NEW(flow->arena, char, 2 * SHORT_VALUE);
    memcpy(copy, text->utf8 + begin, SHORT_VALUE);
    memcpy(copy + SHORT_VALUE, text->utf8 + label, SHORT_VALUE);
    copy[length] = copy[SHORT_VALUE + label_length] = '\0';
    clause->marker = copy;
    clause->label = copy + SHORT_VALUE;
    return true;
}

/* The same for any. */
static void put_marker(const struct cchci_flow *flow, const struct cchci_marker *marker,
                       cchc_clause *clause)
{
    bool whole = marker->label_end - marker->label_begin == marker->end - marker->begin;
    clause->marker = cchci_flow_string(flow, marker->begin, marker->end, CCHCI_WORDS);
    clause->label =
        whole ? clause->marker
              : cchci_flow_string(flow, marker->label_begin, marker->label_end, CCHCI_WORDS);
}

static void write_clauses(struct clauses *clauses)
{
    struct cchci_parse *parse = clauses->parse;
    cchc_document *record = parse->record;
    const struct cchci_flow *flow = clauses->flow;
    uint32_t count = clauses->found.count;
    cchci_vector_reserve(&record->clauses, parse->arena, count, sizeof(cchc_clause));
    record->clause_begins = CCHCI_NEW(parse->arena, uint32_t, count);
    record->clause_ends = CCHCI_NEW(parse->arena, uint32_t, count);
    const struct cchci_run *run = flow->runs;
    for (uint32_t i = 0; i < count; i++) {
        const struct found_clause *found = found_at(clauses, i);
        const struct cchci_marker *marker = &found->marker;
        uint32_t end = found->end;
        if (end == 0 && i + 1 < count) {
            end = without_last_mark(flow, marker->text, found[1].from);
        } else if (end == 0) {
            end = flow->length;
        }
        uint32_t stop = i + 1 < count ? end : end_mark(flow, marker->text, end);
        cchc_clause *clause = CCHCI_PUSH(&record->clauses, parse->arena, cchc_clause);
        clause->level = found->level;
        clause->parent = found->parent != UINT32_MAX ? found->parent : CCHC_NONE;
        while (run[1].at <= marker->begin)
            run++;
        uint32_t first = cchci_flow_copied(flow, run, marker->begin, marker->end);
        if (first == CCHCI_NOWHERE || !copy_marker(flow, marker, first, clause))
            put_marker(flow, marker, clause);
        clause->text =
            cchci_flow_text(flow, marker->text, text_end(flow, marker->text, stop), CCHCI_WORDS);
        if (clause->text.data == NULL)
            clause->text.data = ""; /* a marker alone: a text of no words, and none that is null */
        record->clause_begins[i] = marker->begin;
        record->clause_ends[i] = end;
    }
    cchc_clause *list = record->clauses.data;
    for (uint32_t i = count; i > 0; i--)
        if (list[i - 1].parent != CCHC_NONE)
            list[list[i - 1].parent].descendants += list[i - 1].descendants + 1;
}

/* What no clause holds, while the lines are claimed. */
struct paragraphs {
    uint32_t group;
    size_t left; /* so many more may begin */
    enum cchci_segment_kind kind;
};

/* Begins a paragraph where a line does, unless it goes on with the one before; căn cứ lines are the
 * preamble. */
static void begin_paragraph(struct clauses *clauses, struct paragraphs *paragraphs, uint32_t line,
                            bool clause_before)
{
    struct cchci_parse *parse = clauses->parse;
    const struct cchci_flow *flow = clauses->flow;
    uint32_t at = flow->lines[line].at;
    const struct cchci_line *source =
        cchci_flow_source_line(parse->layout, &parse->layout->body, line);
    if (paragraphs->group != 0 && !source->blank_before &&
        !(cchci_is_upper(flow->key[at]) && cchci_ends_sentence(cchci_sign_before(flow, at))))
        return;
    if (paragraphs->left == 0) {
        clauses->too_many_paragraphs = true;
        return;
    }
    paragraphs->left--;
    paragraphs->group = cchci_new_group(parse);
    paragraphs->kind = !clause_before && cchci_opens_basis(flow, at) ? CCHCI_SEGMENT_PREAMBLE
                                                                     : CCHCI_SEGMENT_PARAGRAPH;
}

/* Claims a stretch that begins in a run or behind it, and returns the run that it ends in. Most are
 * of one. */
static uint32_t claim(struct cchci_parse *parse, enum cchci_segment_kind kind, uint32_t group,
                      const struct cchci_flow *flow, uint32_t at_run, uint32_t begin, uint32_t end)
{
    const struct cchci_run *run = flow->runs + at_run;
    while (run[1].at <= begin)
        run++;
    uint32_t run_end = run->at + run->length, stop = end < run_end ? end : run_end;
    uint32_t first = cchci_flow_copied(flow, run, begin, stop);
    at_run = (uint32_t)(run - flow->runs);
    if (run[1].at < end || begin >= stop || first == CCHCI_NOWHERE)
        return cchci_claim_runs(parse, kind, group, flow, at_run, begin, end);
    cchci_claim(parse, kind, group, first, first + (stop - begin));
    return at_run;
}

/* Claims the body in the order of its text, so that nothing is to be sorted: clauses, and paragraphs
 * between them. */
static void claim_lines(struct clauses *clauses)
{
    struct cchci_parse *parse = clauses->parse;
    const cchc_document *record = parse->record;
    const struct cchci_flow *flow = clauses->flow;
    uint32_t clause = 0, claimed = 0, run = 0, group, count = record->clauses.count;
    struct paragraphs paragraphs = {
        .left = cchci_most_paragraphs(parse->limits->max_paragraphs, flow->length)};
    for (uint32_t l = 0; l < flow->line_count; l++) {
        uint32_t at = flow->lines[l].at, end = cchci_flow_line_end(flow, l);
        while (clause < count && record->clause_ends[clause] <= at)
            clause++;
        uint32_t stop = clause < count && record->clause_begins[clause] < end
                            ? record->clause_begins[clause]
                            : end;
        if (stop > at) {
            begin_paragraph(clauses, &paragraphs, l, clause > 0);
            run = claim(parse, paragraphs.kind, paragraphs.group, flow, run, at, stop);
        }
        if (claimed < count && record->clause_begins[claimed] < end) {
            group = cchci_new_group(parse);
            run = claim(parse, CCHCI_SEGMENT_CLAUSE, group, flow, run,
                        record->clause_begins[claimed], record->clause_ends[claimed]);
            claimed++;
        }
    }
}

void cchci_field_clauses(struct cchci_parse *parse)
{
    struct clauses clauses = {.parse = parse, .flow = &parse->layout->body.flow};
    if (clauses.flow->length == 0)
        return;
    clauses.tree = (struct cchci_tree){
        .parse = parse,
        .flow = clauses.flow,
        .stack = CCHCI_NEW(parse->arena, struct cchci_open_list, parse->limits->max_clause_depth),
        .quotation = {CCHCI_NOWHERE, CCHCI_NOWHERE}};
    clauses.most = cchci_most_items(parse->limits->max_clauses, clauses.flow->length);
    read_lines(&clauses);
    if (clauses.closing != 0 && clauses.found.count > 0)
        found_at(&clauses, clauses.found.count - 1)->end = clauses.closing;
    if (clauses.too_many)
        cchci_diagnose(parse, CCHCI_LIMIT_CLAUSES, NULL, NULL, 0, 0);
    if (clauses.tree.too_deep)
        cchci_diagnose(parse, CCHCI_LIMIT_CLAUSE_DEPTH, NULL, NULL, 0, 0);
    /* Nearly all stretches of a letter are those of its body. */
    cchci_vector_reserve(&parse->record->stretches, parse->arena,
                         (size_t)parse->record->stretches.count + clauses.flow->run_count,
                         sizeof(struct cchci_stretch));
    write_clauses(&clauses);
    claim_lines(&clauses);
    if (clauses.too_many_paragraphs)
        cchci_diagnose(parse, CCHCI_LIMIT_PARAGRAPHS, NULL, NULL, 0, 0);
}
