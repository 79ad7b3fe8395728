/* SPDX-License-Identifier: MIT */
/* The diagnostics by name; diagnostics.def has their codes and what they mean. */
#ifndef CCHCI_DIAGNOSTICS_H
#define CCHCI_DIAGNOSTICS_H

#include <cchcparse/cchcparse.h>

enum cchci_diagnostic_id {
#define DIAGNOSTIC(id, code, severity, meaning) CCHCI_##id,
#include "diagnostics.def"
#undef DIAGNOSTIC
    CCHCI_DIAGNOSTIC_COUNT
};

#endif
