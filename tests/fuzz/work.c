/* SPDX-License-Identifier: MIT */
/* What the library does for a letter, counted by its basic blocks (work/counter.h), is linear in the
 * letter's bytes, whatever they are: so much a byte at most, and so much of every letter. */
#include <inttypes.h>
#include <stdio.h>

#include <cchcparse/lint.h>

#include "../work/counter.h"
#include "target.h"

/* Of each call: the most work a byte, and beside that for any letter. Both are twice what the worst of
 * the attacks (attacks/attacks.def, of 256 bytes to 16 KiB) and of the inputs kept needs. Who looks at
 * each byte from each byte is over it in a letter of 1 KiB, but not who lets memchr() look: that is left
 * to work_attacks, whose letters are longer. */
enum call { PARSE, JSON, SPLIT, LINT, CALLS };
static const struct {
    const char *name;
    uint64_t byte, letter;
} bounds[CALLS] = {
    {"parse", 2000, 8192}, {"json", 200, 2048}, {"split", 2000, 8192}, {"lint", 2000, 8192}};

static bool to_nowhere(const char *bytes, size_t length, void *context)
{
    (void)bytes;
    (void)length;
    (void)context;
    return true;
}

static cchc_status make_call(enum call call, const uint8_t *data, size_t size,
                             cchc_document **document, cchc_findings **findings)
{
    size_t parts = 0;
    switch (call) {
    case PARSE: return cchc_parse(any_parser(), data, size, document);
    case JSON: return cchc_write_json(*document, "-", 1, to_nowhere, NULL);
    case SPLIT: return cchc_split(any_parser(), data, size, NULL, 0, &parts);
    default: return cchc_lint(any_parser(), *document, data, size, findings);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    cchc_document *document = NULL;
    cchc_findings *findings = NULL;
    (void)any_parser();
    for (enum call call = PARSE; call < CALLS; call++) {
        struct work before = work_done();
        MUST(make_call(call, data, size, &document, &findings) == CCHC_OK);
        struct work after = work_done();
        uint64_t work = work_sum(&after) - work_sum(&before);
        uint64_t most = bounds[call].letter + bounds[call].byte * (uint64_t)size;
        if (work > most)
            printf("%s: %" PRIu64 " for %zu bytes\n", bounds[call].name, work, size);
        MUST(work <= most);
    }
    cchc_findings_free(findings);
    cchc_document_free(document);
    return 0;
}
