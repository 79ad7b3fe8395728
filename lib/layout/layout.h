/* SPDX-License-Identifier: MIT */
/* From characters to zones: which lines there are, which columns they have, what is furniture, and
 * which pieces are heading, addressees, body, recipients, signature and annexes.
 *
 * The stages, each in its own file:
 *
 *      markup.c   marks what HTML, Markdown and tables leave, so that flows skip it
 *      lines.c    cuts lines, finds page furniture, front matter, electronic signatures and stamps
 *      heading.c  cuts the heading's lines into pieces and says what each is
 *      zones.c    finds where heading, addressees, body, closing and annexes begin
 *
 * Fields see only the pieces and flows below.
 */
#ifndef CCHCI_LAYOUT_H
#define CCHCI_LAYOUT_H

#include "text/flow.h"

struct cchci_parse;

enum cchci_line_kind {
    CCHCI_LINE_TEXT,
    CCHCI_LINE_FURNITURE, /* page number, running head, page marker, rule */
    CCHCI_LINE_FRONT_MATTER,
    CCHCI_LINE_E_SIGNATURE,
    CCHCI_LINE_STAMP,
    CCHCI_LINE_FOOTNOTE
};

/* A physical line. */
struct cchci_line {
    uint32_t begin, end; /* characters, white space and markup at both ends left out */
    uint32_t indent;     /* columns before begin */
    unsigned char kind;
    bool blank_before; /* a blank line or a page's end stands between it and the text before */
    unsigned char may; /* what its first and last key allow it to be: lines.c's own */
};

/* What a piece of the heading is. */
enum cchci_piece_kind {
    CCHCI_PIECE_UNKNOWN,
    CCHCI_PIECE_MOTTO,
    CCHCI_PIECE_AGENCY,
    CCHCI_PIECE_CODE,
    CCHCI_PIECE_DATE,
    CCHCI_PIECE_SUBJECT,
    CCHCI_PIECE_TYPE,
    CCHCI_PIECE_ADDRESSEES,
    CCHCI_PIECE_PRIORITY,
    CCHCI_PIECE_SECRECY,
    CCHCI_PIECE_CIRCULATION,
    CCHCI_PIECE_DRAFT,
    CCHCI_PIECE_AUTHORITY, /* the line that says who decides: BỘ TRƯỞNG BỘ NỘI VỤ */
    CCHCI_PIECE_LABEL,     /* a damaged label, cut off its words */
    CCHCI_PIECE_STAMP      /* of the office that received the letter */
};

/* The pieces of one zone or one part of it, and their flow. */
struct cchci_part {
    struct cchci_vector pieces; /* struct cchci_piece */
    struct cchci_flow flow;     /* built when all pieces are in */
};

struct cchci_layout {
    struct cchci_vector lines; /* struct cchci_line */

    /* The heading, by what its pieces are. */
    struct cchci_part motto, agency, code, date, subject, type, priority, secrecy, circulation;
    struct cchci_part draft; /* "DỰ THẢO" */
    struct cchci_part subject_label, addressees_label, recipients_label;
    struct cchci_part addressees; /* without the label Kính gửi */
    struct cchci_part body;       /* preamble, clauses, paragraphs: one piece a line */
    struct cchci_part recipients; /* without the label Nơi nhận, with the line Lưu */
    struct cchci_part signature;
    struct cchci_part annexes;
    struct cchci_part footnotes;

    bool has_motto, has_party_motto, has_addressees_label, has_recipients_label, has_v_v;
    bool has_stamp;                /* a line may be of that kind */
    uint32_t body_first, body_end; /* lines */
    uint32_t closing_end;          /* line after recipients and signature */
    const char *type_slug;         /* of the type's line; NULL: none printed */
};

void cchci_layout_run(struct cchci_parse *parse);

/* Finds where the letters begin of a text that holds several: their first characters (uint32_t), the
 * first of which is 0. */
struct cchci_vector cchci_layout_split(struct cchci_parse *parse);

/* The stages. */
void cchci_layout_markup(struct cchci_parse *parse);
void cchci_layout_lines(struct cchci_parse *parse);
void cchci_layout_zones(struct cchci_parse *parse);

static inline const struct cchci_line *cchci_line_at(const struct cchci_layout *layout, uint32_t i)
{
    return &((const struct cchci_line *)layout->lines.data)[i];
}

/* Whether the letters at a line's start are these, whatever stands between them; the character
 * after them, or 0. */
uint32_t cchci_line_starts(const struct cchci_text *text, const struct cchci_line *line,
                           const char *letters);

/* A short line of capitals: worth asking the lexicon. */
bool cchci_capital_line(const struct cchci_text *text, const struct cchci_line *line);

/* The line that a flow's line came from. */
const struct cchci_line *cchci_flow_source_line(const struct cchci_layout *layout,
                                                const struct cchci_part *part, uint32_t flow_line);

#endif
