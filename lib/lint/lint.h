/* SPDX-License-Identifier: MIT */
/* Rules of form: what they see of a letter, and how they tell what they find.
 *
 * A rule is a function over the record, as the public accessors give it, and over the characters of
 * the source around the record's spans. It writes nothing but findings. What may be found, by which
 * rule and in which form, stands in rules.def; a finding that the letter's form does not know, or
 * that the scan may have brought about, is dropped where it is told, so that rules need not ask.
 */
#ifndef CCHCI_LINT_H
#define CCHCI_LINT_H

#include <cchcparse/lint.h>

#include "base/memory.h"
#include "text/text.h"

enum cchci_finding_id {
#define RULE(id, severity, forms, place, vietnamese, english)
#define FINDING(id, code, rule, severity, forms, scan, vietnamese, english) CCHCI_FOUND_##id,
#include "rules.def"
#undef RULE
#undef FINDING
    CCHCI_FINDING_COUNT
};

struct cchci_lint {
    const struct cchci_classes *classes;
    const cchc_document *document;
    const struct cchci_text *text; /* of the letter's range, markup marked */
    struct cchci_arena *arena;
    struct cchci_vector *findings; /* cchc_finding */
    unsigned char told[CCHCI_FINDING_COUNT];
    struct cchci_vector lines; /* uint32_t: where they begin in the source */

    unsigned form;    /* the one of cchc_rule_form that the letter follows; 0: none */
    const char *slug; /* its type */
    bool letter;      /* công văn */
    bool scanned;     /* the text bears the marks of a damaged scan */
    bool whole;       /* it has a beginning and an end: what is absent was never there */
};

/* A stretch of characters. */
struct cchci_place {
    uint32_t begin, end;
};

typedef void cchci_lint_rule(struct cchci_lint *lint);

cchci_lint_rule cchci_lint_motto, cchci_lint_code, cchci_lint_date, cchci_lint_subject,
    cchci_lint_marks, cchci_lint_addressees, cchci_lint_clauses, cchci_lint_citations,
    cchci_lint_annexes, cchci_lint_end, cchci_lint_recipients, cchci_lint_archive,
    cchci_lint_signer, cchci_lint_copies;

/* ----------------------------------------------------------------------------------- telling -- */

/* Tells of what stands in [begin, end). wanted: a string of the arena or a literal; NULL: the
 * letter alone does not say. */
void cchci_lint_tell(struct cchci_lint *lint, enum cchci_finding_id id, struct cchci_place place,
                     const char *wanted);

/* The same of a value, whose words may stand on several lines; the place is where it begins. */
void cchci_lint_tell_value(struct cchci_lint *lint, enum cchci_finding_id id,
                           const cchc_text *value, const char *wanted);

/* Tells of what is absent from a letter that is whole. */
void cchci_lint_tell_absent(struct cchci_lint *lint, enum cchci_finding_id id, const char *wanted);

/* The strings one after the other, up to a NULL, in the arena. */
const char *cchci_lint_join(struct cchci_lint *lint, const char *const *parts);
#define CCHCI_JOIN(lint, ...) cchci_lint_join((lint), (const char *const[]){__VA_ARGS__, NULL})

/* ----------------------------------------------------------------------------------- looking -- */

/* Where a value begins and where it ends: its first span, and its last. Between them another
 * column may stand. Empty for a null value. */
struct cchci_place cchci_lint_first(const struct cchci_lint *lint, const cchc_text *value);
struct cchci_place cchci_lint_last(const struct cchci_lint *lint, const cchc_text *value);

/* The first segment of a kind, from its first span to its last; empty: there is none. */
struct cchci_place cchci_lint_segment(const struct cchci_lint *lint, const char *kind);

/* The nearest character on the same line before, or from, a place on that is neither blank nor
 * markup; its key, 0 at the line's end. *at gets its place. */
unsigned char cchci_lint_before(const struct cchci_lint *lint, uint32_t place, uint32_t *at);
unsigned char cchci_lint_after(const struct cchci_lint *lint, uint32_t place, uint32_t *at);

/* Whether a line ends between two places. */
bool cchci_lint_parted(const struct cchci_lint *lint, uint32_t begin, uint32_t end);

/* Puts blanks in the place of a letter's NULs, which would end the string of a finding. */
void cchci_lint_blank_nuls(char *words, size_t length);

/* The words of a stretch: markup left out, runs of white space as one blank. */
char *cchci_lint_words(struct cchci_lint *lint, struct cchci_place place);

/* The same as lower-case keys, so that diacritics do not matter. */
char *cchci_lint_keys(struct cchci_lint *lint, struct cchci_place place);

/* The lower-case keys of a string of the record; "" for NULL. */
const char *cchci_lint_fold(struct cchci_lint *lint, const char *string);

/* The first place in the stretch where the letters stand (lower case, without diacritics), whatever
 * blanks stand between them; empty: nowhere. */
struct cchci_place cchci_lint_find(const struct cchci_lint *lint, struct cchci_place place,
                                   const char *letters);

/* Whether the letters stand anywhere in the text: what the record lacks may be there all the
 * same, in a place or a column where nobody looked for it. */
bool cchci_lint_mentions(const struct cchci_lint *lint, const char *letters);

static inline bool cchci_lint_none(struct cchci_place place)
{
    return place.begin >= place.end;
}

#endif
