/* SPDX-License-Identifier: MIT */
#include <cchcparse/cchcparse.h>
cchc_status cchc_write_json(const cchc_document *document, const char *name, size_t name_length,
                            cchc_write_function write, void *context)
{
    (void)name; (void)name_length;
    if (document == NULL || write == NULL) return CCHC_INVALID;
    return write("{}", 2, context) ? CCHC_OK : CCHC_SINK;
}
