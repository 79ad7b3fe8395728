/* SPDX-License-Identifier: MIT */
/* Comparison keys of texts, as eval/score.py makes them, for `check` alone. */
#ifndef CLI_FOLD_H
#define CLI_FOLD_H

#include <stdbool.h>
#include <stddef.h>

/* Memory that is given back all at once. A request that fails is remembered, so that only the
 * end of a piece of work has to ask. Start from {NULL, false}. */
struct pool {
    struct pool_block *blocks;
    bool failed;
};

/* NULL where there is no memory. */
void *pool_take(struct pool *pool, size_t size);
void pool_free(struct pool *pool);

/* Bytes that are compared with others of the same kind. */
struct key {
    const char *data; /* never NULL */
    size_t length;
};

bool key_equal(struct key a, struct key b);
bool key_begins(struct key whole, struct key beginning);
bool key_holds(struct key whole, struct key part);

/* Each takes @p length bytes of well-formed UTF-8. Without memory the key is empty, and the pool
 * has failed. */

/* ASCII letters and digits only, case-folded, without diacritics. */
struct key fold_letters(const char *text, size_t length, struct pool *pool);

/* NFC, one space, plain dashes and slashes, one Đ, no closing punctuation. */
struct key fold_strict(const char *text, size_t length, struct pool *pool);

/* fold_strict() without leading zeros; without spaces; that and case-folded. */
struct key fold_number(const char *text, size_t length, struct pool *pool);
struct key fold_notation(const char *text, size_t length, struct pool *pool);
struct key fold_code(const char *text, size_t length, struct pool *pool);

/* A clause's label without brackets and closing signs; every bullet is "-". */
struct key fold_label(const char *text, size_t length, struct pool *pool);

/* Is the Levenshtein distance of @p a and @p b at most @p limit? */
bool within(struct key a, struct key b, size_t limit, struct pool *pool);

#endif
