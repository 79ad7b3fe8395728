/* SPDX-License-Identifier: MIT */
#include "counter.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static struct work done;

struct work work_done(void)
{
    return done;
}

uint64_t work_sum(const struct work *work)
{
    return work->blocks + work->passed / 16 + work->patterns + work->pattern_steps;
}

/* The names that compilers and linkers give to what they hand over. libFuzzer has a function of the
 * first one's own name, hence the wrap. */
void __wrap___sanitizer_cov_trace_pc(void);
void __wrap___sanitizer_cov_trace_pc(void)
{
    done.blocks++;
}

/* WRAP(result, name, parameters, arguments, bytes): counts the bytes of a call, which may depend on its result. */
#define WRAP(type, name, parameters, arguments, bytes)                                             \
    type __real_##name parameters;                                                                 \
    type __wrap_##name parameters;                                                                 \
    type __wrap_##name parameters                                                                  \
    {                                                                                              \
        type result = __real_##name arguments;                                                     \
        done.passed += (bytes);                                                                    \
        return result;                                                                             \
    }

#define UP_TO_RESULT(from, all)                                                                    \
    (result != NULL ? (size_t)((const char *)result - (const char *)(from)) + 1 : (all))

WRAP(void *, memcpy, (void *to, const void *from, size_t n), (to, from, n), n)
WRAP(void *, memmove, (void *to, const void *from, size_t n), (to, from, n), n)
WRAP(void *, memset, (void *to, int byte, size_t n), (to, byte, n), n)
WRAP(void *, memchr, (const void *in, int byte, size_t n), (in, byte, n), UP_TO_RESULT(in, n))
WRAP(int, memcmp, (const void *a, const void *b, size_t n), (a, b, n), n)
WRAP(size_t, strlen, (const char *text), (text), result)
WRAP(char *, strchr, (const char *in, int byte), (in, byte), UP_TO_RESULT(in, strlen(in)))
WRAP(char *, strstr, (const char *in, const char *what), (in, what), strlen(in))
WRAP(int, strcmp, (const char *a, const char *b), (a, b), strlen(b))
WRAP(int, strncmp, (const char *a, const char *b, size_t n), (a, b, n), n)

pcre2_code *__real_pcre2_compile_8(PCRE2_SPTR text, PCRE2_SIZE length, uint32_t options, int *error,
                                   PCRE2_SIZE *offset, pcre2_compile_context *context);
pcre2_code *__wrap_pcre2_compile_8(PCRE2_SPTR text, PCRE2_SIZE length, uint32_t options, int *error,
                                   PCRE2_SIZE *offset, pcre2_compile_context *context);
pcre2_code *__wrap_pcre2_compile_8(PCRE2_SPTR text, PCRE2_SIZE length, uint32_t options, int *error,
                                   PCRE2_SIZE *offset, pcre2_compile_context *context)
{
    options |= PCRE2_NO_START_OPTIMIZE;
    pcre2_code *code =
        __real_pcre2_compile_8(text, length, options | PCRE2_AUTO_CALLOUT, error, offset, context);
    return code != NULL ? code /* else too large with callouts */
                        : __real_pcre2_compile_8(text, length, options, error, offset, context);
}

static int count_step(pcre2_callout_block *block, void *data)
{
    (void)block;
    (void)data;
    done.pattern_steps++;
    return 0;
}

/* Both ways to match: for an interpreter, and straight to machine code. */
#define MATCH(name)                                                                                \
    int __real_##name(const pcre2_code *code, PCRE2_SPTR subject, PCRE2_SIZE length,               \
                      PCRE2_SIZE at, uint32_t options, pcre2_match_data *data,                     \
                      pcre2_match_context *context);                                               \
    int __wrap_##name(const pcre2_code *code, PCRE2_SPTR subject, PCRE2_SIZE length,               \
                      PCRE2_SIZE at, uint32_t options, pcre2_match_data *data,                     \
                      pcre2_match_context *context);                                               \
    int __wrap_##name(const pcre2_code *code, PCRE2_SPTR subject, PCRE2_SIZE length,               \
                      PCRE2_SIZE at, uint32_t options, pcre2_match_data *data,                     \
                      pcre2_match_context *context)                                                \
    {                                                                                              \
        count_match(code, length, at, context);                                                    \
        return __real_##name(code, subject, length, at, options, data, context);                   \
    }

static void count_match(const pcre2_code *code, PCRE2_SIZE length, PCRE2_SIZE at,
                        pcre2_match_context *context)
{
    uint32_t options_of_code = 0;
    (void)pcre2_pattern_info(code, PCRE2_INFO_ARGOPTIONS, &options_of_code);
    done.patterns++;
    if ((options_of_code & PCRE2_AUTO_CALLOUT) == 0)
        done.pattern_steps += length - at;
    pcre2_set_callout(context, count_step, NULL);
}

MATCH(pcre2_match_8)
MATCH(pcre2_jit_match_8)
