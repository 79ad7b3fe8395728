/* SPDX-License-Identifier: MIT */
#include "diagnostics.h"

static const cchc_diagnostic_kind table[] = {
#define DIAGNOSTIC(id, code, severity, meaning) {code, CCHC_##severity, meaning},
#include "diagnostics.def"
#undef DIAGNOSTIC
};

const cchc_diagnostic_kind *cchc_diagnostic_kind_at(size_t index)
{
    return index < sizeof table / sizeof table[0] ? &table[index] : NULL;
}
