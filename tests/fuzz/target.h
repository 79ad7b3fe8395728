/* SPDX-License-Identifier: MIT */
/* A fuzz target: one function that makes calls of any bytes and asserts what must come of them. It
 * does the same for the same bytes, whatever it was given before.
 *
 * libFuzzer and AFL++ call it with what they think of (tests/fuzz/run), replay.c with the files of
 * corpus/fuzz on any compiler. */
#ifndef CCHCT_TARGET_H
#define CCHCT_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cchcparse/cchcparse.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Says what does not hold, and aborts: that is a finding. */
#define MUST(holds) ((holds) ? (void)0 : must_fail(#holds, __FILE__, __LINE__))
_Noreturn void must_fail(const char *what, const char *file, int line);

/* The path of a file that holds these bytes until the next call; NULL bytes leave what it holds.
 * For what reads files only. */
const char *input_file(const void *bytes, size_t size);

/* One for all inputs, of the defaults; without machine code where CCHC_NO_JIT is set. */
const cchc_parser *any_parser(void);

/* Whether the bytes are well-formed UTF-8, as ICU judges. */
bool is_utf8(const char *bytes, size_t size);

#endif
