/* SPDX-License-Identifier: MIT */
/* Letters as tables: one row a letter, or the long tables of what a letter has many of. A table is
 * a list of columns; a column is a name in each language and a function that fills its cells. The
 * first column of every table is the key of the letter, which joins them. */
#include <string.h>

#include "csv.h"
#include "values.h"

/* What a row is about: a letter, and in the long tables one item of a list of its. */
struct item {
    const cchc_letter *letter;
    const cchc_document *document;
    size_t index;
};

struct column {
    const char *vietnamese, *english;
    cchci_cell_function *fill;
};

struct table {
    const char *name;
    size_t (*rows)(const cchc_document *document);
    const struct column *columns;
    size_t column_count;
};

static const cchc_document *document_of(const void *row)
{
    return ((const struct item *)row)->document;
}

/* -------------------------------------------------------------------------- every table -- */

static void fill_key(struct cchci_cells *cells, const void *item)
{
    cchci_value_key(cells, ((const struct item *)item)->letter);
}

static void fill_ordinal(struct cchci_cells *cells, const void *item)
{
    cchci_value_number(cells, ((const struct item *)item)->index + 1);
}

static void value_day(struct cchci_cells *cells, const struct cchci_day *day)
{
    char text[CCHCI_DAY_SIZE];
    cchci_value_string(cells, cchci_day_text(day, CCHCI_ISO_DAY, text));
}

/* ------------------------------------------------------------------------------- letters -- */

static void fill_type(struct cchci_cells *cells, const void *item)
{
    const cchc_type *type = cchc_document_type(document_of(item));
    const struct cchci_type_name *name = cchci_type_of(document_of(item));
    if (type != NULL && type->text.data != NULL)
        cchci_value_text(cells, &type->text);
    else if (name != NULL)
        cchci_value_string(cells, cells->writer->options.language == CCHC_ENGLISH
                                      ? name->english
                                      : name->vietnamese);
}

/* A cell that is one member of a part of the record, where the record has that part. */
#define FILL_MEMBER(name, type, accessor, put, member)                                             \
    static void fill_##name(struct cchci_cells *cells, const void *item)                           \
    {                                                                                              \
        const type *part = accessor(document_of(item));                                            \
        if (part != NULL)                                                                          \
            put(cells, member);                                                                    \
    }

FILL_MEMBER(code, cchc_code, cchc_document_code, cchci_value_text, &part->text)
FILL_MEMBER(number, cchc_code, cchc_document_code, cchci_value_string, part->number)
FILL_MEMBER(notation, cchc_code, cchc_document_code, cchci_value_string, part->notation)
FILL_MEMBER(date, cchc_promulgation, cchc_document_promulgation, cchci_value_string, part->iso)
FILL_MEMBER(place, cchc_promulgation, cchc_document_promulgation, cchci_value_text, &part->place)
FILL_MEMBER(agency, cchc_agency, cchc_document_agency, cchci_value_text, &part->name)
FILL_MEMBER(parent, cchc_agency, cchc_document_agency, cchci_value_text, &part->parent)
FILL_MEMBER(competence, cchc_signer, cchc_document_signer, cchci_value_text, &part->competence)
FILL_MEMBER(position, cchc_signer, cchc_document_signer, cchci_value_text, &part->position)
FILL_MEMBER(signer, cchc_signer, cchc_document_signer, cchci_value_text, &part->full_name)
FILL_MEMBER(typist, cchc_archive, cchc_document_archive, cchci_value_string, part->typist)
FILL_MEMBER(arrival_number, cchc_incoming, cchc_document_incoming, cchci_value_string, part->number)
FILL_MEMBER(arrival_date, cchc_incoming, cchc_document_incoming, cchci_value_string, part->date)
FILL_MEMBER(encoding, cchc_source, cchc_document_source, cchci_value_string, part->encoding)

#define FILL_FIELD(name, field)                                                                    \
    static void fill_##name(struct cchci_cells *cells, const void *item)                           \
    {                                                                                              \
        cchci_value_text(cells, cchc_document_text(document_of(item), field));                     \
    }

FILL_FIELD(subject, CCHC_SUBJECT)
FILL_FIELD(priority, CCHC_PRIORITY)
FILL_FIELD(secrecy, CCHC_SECRECY)
FILL_FIELD(circulation, CCHC_CIRCULATION)

/* A cell that lists a member of each item. */
#define FILL_LIST(name, type, accessor, put, member)                                               \
    static void fill_##name(struct cchci_cells *cells, const void *item)                           \
    {                                                                                              \
        size_t count = 0;                                                                          \
        const type *items = accessor(document_of(item), &count);                                   \
        for (size_t i = 0; i < count; i++)                                                         \
            put(cells, member);                                                                    \
    }

FILL_LIST(addressees, cchc_text, cchc_document_addressees, cchci_value_text, &items[i])
FILL_LIST(recipients, cchc_recipient, cchc_document_recipients, cchci_value_text, &items[i].text)
FILL_LIST(cosigners, cchc_signer, cchc_document_cosigners, cchci_value_text, &items[i].full_name)
FILL_LIST(deadlines, cchc_deadline, cchc_document_deadlines, cchci_value_text, &items[i].text)
FILL_LIST(references, cchc_reference, cchc_document_references, cchci_value_string, items[i].code)
FILL_LIST(annexes, cchc_text, cchc_document_annexes, cchci_value_text, &items[i])
FILL_LIST(diagnostics, cchc_diagnostic, cchc_document_diagnostics, cchci_value_string,
          items[i].code)

static void fill_units(struct cchci_cells *cells, const void *item)
{
    const cchc_archive *archive = cchc_document_archive(document_of(item));
    for (size_t i = 0; archive != NULL && i < archive->unit_count; i++)
        cchci_value_string(cells, archive->units[i]);
}

static void fill_copies(struct cchci_cells *cells, const void *item)
{
    const cchc_archive *archive = cchc_document_archive(document_of(item));
    if (archive != NULL && archive->copies >= 0)
        cchci_value_number(cells, (size_t)archive->copies);
}

static void fill_first_due(struct cchci_cells *cells, const void *item)
{
    struct cchci_day day;
    if (cchci_earliest_due(document_of(item), &day))
        value_day(cells, &day);
}

static const struct column letter_columns[] = {
    {"Văn bản", "Letter", fill_key},
    {"Loại văn bản", "Type", fill_type},
    {"Số, ký hiệu", "Code", fill_code},
    {"Số", "Number", fill_number},
    {"Ký hiệu", "Notation", fill_notation},
    {"Ngày ban hành", "Date", fill_date},
    {"Địa danh", "Place", fill_place},
    {"Cơ quan ban hành", "Agency", fill_agency},
    {"Cơ quan chủ quản", "Parent agency", fill_parent},
    {"Trích yếu", "Subject", fill_subject},
    {"Độ khẩn", "Priority", fill_priority},
    {"Độ mật", "Secrecy", fill_secrecy},
    {"Phạm vi lưu hành", "Circulation", fill_circulation},
    {"Kính gửi", "Addressees", fill_addressees},
    {"Nơi nhận", "Recipients", fill_recipients},
    {"Thẩm quyền ký", "Competence", fill_competence},
    {"Chức vụ", "Position", fill_position},
    {"Người ký", "Signer", fill_signer},
    {"Người cùng ký", "Cosigners", fill_cosigners},
    {"Đơn vị lưu", "Archive units", fill_units},
    {"Người soạn thảo", "Typist", fill_typist},
    {"Số lượng bản", "Copies", fill_copies},
    {"Số đến", "Arrival number", fill_arrival_number},
    {"Ngày đến", "Arrival date", fill_arrival_date},
    {"Hạn sớm nhất", "First due", fill_first_due},
    {"Thời hạn", "Deadlines", fill_deadlines},
    {"Văn bản viện dẫn", "References", fill_references},
    {"Phụ lục", "Annexes", fill_annexes},
    {"Bảng mã", "Encoding", fill_encoding},
    {"Ghi nhận", "Diagnostics", fill_diagnostics},
};

static size_t one_row(const cchc_document *document)
{
    (void)document;
    return 1;
}

/* --------------------------------------------------------------------------- long tables -- */

#define ROWS(name, accessor)                                                                       \
    static size_t name(const cchc_document *document)                                              \
    {                                                                                              \
        size_t count = 0;                                                                          \
        (void)accessor(document, &count);                                                          \
        return count;                                                                              \
    }

/* A cell that is one member of the row's item. */
#define FILL_ITEM(name, type, accessor, put, member)                                               \
    static void fill_##name(struct cchci_cells *cells, const void *row)                            \
    {                                                                                              \
        size_t count = 0;                                                                          \
        const type *item = accessor(document_of(row), &count) + ((const struct item *)row)->index; \
        put(cells, member);                                                                        \
    }

/* The ordinal of a clause by its index; nothing where it has none. */
static void value_ordinal(struct cchci_cells *cells, size_t index)
{
    if (index != CCHC_NONE)
        cchci_value_number(cells, index + 1);
}

ROWS(clause_rows, cchc_document_clauses)
FILL_ITEM(clause_parent, cchc_clause, cchc_document_clauses, value_ordinal, item->parent)
FILL_ITEM(clause_level, cchc_clause, cchc_document_clauses, cchci_value_number, item->level)
FILL_ITEM(clause_label, cchc_clause, cchc_document_clauses, cchci_value_string, item->label)
FILL_ITEM(clause_text, cchc_clause, cchc_document_clauses, cchci_value_text, &item->text)

static const struct column clause_columns[] = {
    {"Văn bản", "Letter", fill_key},         {"Thứ tự", "Ordinal", fill_ordinal},
    {"Thuộc", "Parent", fill_clause_parent}, {"Cấp", "Level", fill_clause_level},
    {"Nhãn", "Label", fill_clause_label},    {"Nội dung", "Text", fill_clause_text},
};

static void value_due(struct cchci_cells *cells, const cchc_deadline *deadline)
{
    struct cchci_due due;
    if (cchci_due_of(deadline, &due))
        value_day(cells, &due.day);
}

static void value_working_days(struct cchci_cells *cells, int working_days)
{
    if (working_days >= 0)
        cchci_value_number(cells, (size_t)working_days);
}

static void fill_deadline_clause_text(struct cchci_cells *cells, const void *row)
{
    const struct item *item = row;
    size_t count = 0, clause_count = 0;
    const cchc_deadline *deadline = cchc_document_deadlines(item->document, &count) + item->index;
    const cchc_clause *clauses = cchc_document_clauses(item->document, &clause_count);
    if (deadline->clause < clause_count)
        cchci_value_text(cells, &clauses[deadline->clause].text);
}

ROWS(deadline_rows, cchc_document_deadlines)
#define FILL_DEADLINE(name, put, member)                                                           \
    FILL_ITEM(deadline_##name, cchc_deadline, cchc_document_deadlines, put, member)
FILL_DEADLINE(text, cchci_value_text, &item->text)
FILL_DEADLINE(kind, cchci_value_string, item->kind)
FILL_DEADLINE(iso, cchci_value_string, item->iso)
FILL_DEADLINE(bound, cchci_value_string, item->bound)
FILL_DEADLINE(due, value_due, item)
FILL_DEADLINE(rule, cchci_value_string, item->rule)
FILL_DEADLINE(duration, cchci_value_string, item->duration)
FILL_DEADLINE(working_days, value_working_days, item->working_days)
FILL_DEADLINE(direction, cchci_value_string, item->direction)
FILL_DEADLINE(anchor, cchci_value_string, item->anchor)
FILL_DEADLINE(clause, value_ordinal, item->clause)

static const struct column deadline_columns[] = {
    {"Văn bản", "Letter", fill_key},
    {"Số, ký hiệu", "Code", fill_code},
    {"Thứ tự", "Ordinal", fill_ordinal},
    {"Hạn cuối", "Due", fill_deadline_due},
    {"Thời hạn", "Words", fill_deadline_text},
    {"Dạng", "Kind", fill_deadline_kind},
    {"Thời điểm", "Time", fill_deadline_iso},
    {"Giới hạn", "Bound", fill_deadline_bound},
    {"Quy tắc lặp", "Rule", fill_deadline_rule},
    {"Khoảng thời gian", "Duration", fill_deadline_duration},
    {"Ngày làm việc", "Working days", fill_deadline_working_days},
    {"Hướng", "Direction", fill_deadline_direction},
    {"Mốc", "Anchor", fill_deadline_anchor},
    {"Mục", "Clause", fill_deadline_clause},
    {"Nội dung mục", "Clause text", fill_deadline_clause_text},
};

ROWS(reference_rows, cchc_document_references)
#define FILL_REFERENCE(name, put, member)                                                          \
    FILL_ITEM(reference_##name, cchc_reference, cchc_document_references, put, member)
FILL_REFERENCE(type, cchci_value_string, item->type)
FILL_REFERENCE(code, cchci_value_string, item->code)
FILL_REFERENCE(date, cchci_value_string, item->date)
FILL_REFERENCE(issuer, cchci_value_string, item->issuer)
FILL_REFERENCE(part, cchci_value_string, item->part)
FILL_REFERENCE(text, cchci_value_text, &item->text)

static const struct column reference_columns[] = {
    {"Văn bản", "Letter", fill_key},
    {"Thứ tự", "Ordinal", fill_ordinal},
    {"Loại văn bản", "Type", fill_reference_type},
    {"Số, ký hiệu", "Code", fill_reference_code},
    {"Ngày", "Date", fill_reference_date},
    {"Cơ quan", "Issuer", fill_reference_issuer},
    {"Phần", "Part", fill_reference_part},
    {"Viện dẫn", "Words", fill_reference_text},
};

/* Who gets the letter: those that it is addressed to (Kính gửi), then those of Nơi nhận. */
static size_t addressee_count(const cchc_document *document)
{
    size_t count = 0;
    (void)cchc_document_addressees(document, &count);
    return count;
}

static size_t recipient_rows(const cchc_document *document)
{
    size_t count = 0;
    (void)cchc_document_recipients(document, &count);
    return addressee_count(document) + count;
}

/* The item of Nơi nhận that a row is about; NULL: an addressee. */
static const cchc_recipient *recipient_of(const struct item *item)
{
    size_t before = addressee_count(item->document), count = 0;
    return item->index < before
               ? NULL
               : cchc_document_recipients(item->document, &count) + (item->index - before);
}

static void fill_recipient_list(struct cchci_cells *cells, const void *row)
{
    bool english = cells->writer->options.language == CCHC_ENGLISH;
    if (recipient_of(row) == NULL)
        cchci_value_string(cells, english ? "addressee" : "Kính gửi");
    else
        cchci_value_string(cells, english ? "recipient" : "Nơi nhận");
}

static void fill_recipient_text(struct cchci_cells *cells, const void *row)
{
    const cchc_recipient *recipient = recipient_of(row);
    size_t count = 0;
    cchci_value_text(cells, recipient != NULL ? &recipient->text
                                              : cchc_document_addressees(document_of(row), &count) +
                                                    ((const struct item *)row)->index);
}

static void fill_recipient_purpose(struct cchci_cells *cells, const void *row)
{
    const cchc_recipient *recipient = recipient_of(row);
    if (recipient != NULL)
        cchci_value_string(cells, recipient->purpose);
}

static void fill_recipient_same(struct cchci_cells *cells, const void *row)
{
    const cchc_recipient *recipient = recipient_of(row);
    if (recipient != NULL)
        cchci_value_number(cells, recipient->same_as_addressees);
}

static const struct column recipient_columns[] = {
    {"Văn bản", "Letter", fill_key},
    {"Thứ tự", "Ordinal", fill_ordinal},
    {"Danh sách", "List", fill_recipient_list},
    {"Đơn vị, người nhận", "Recipient", fill_recipient_text},
    {"Mục đích", "Purpose", fill_recipient_purpose},
    {"Như trên", "Same as addressees", fill_recipient_same},
};

/* -------------------------------------------------------------------------------- tables -- */

#define COLUMNS(columns) (columns), sizeof(columns) / sizeof(columns)[0]

static const struct table tables[] = {
    {"letters", one_row, COLUMNS(letter_columns)},
    {"clauses", clause_rows, COLUMNS(clause_columns)},
    {"deadlines", deadline_rows, COLUMNS(deadline_columns)},
    {"references", reference_rows, COLUMNS(reference_columns)},
    {"recipients", recipient_rows, COLUMNS(recipient_columns)},
};

static const struct table *table_named(const char *name)
{
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        if (name == NULL || strcmp(tables[i].name, name) == 0)
            return &tables[i];
    return NULL;
}

static bool accepts(const cchc_write_options *options)
{
    return table_named(options->table) != NULL;
}

static void put_heading(const cchc_writer *writer, struct cchci_sink *sink, char separator)
{
    const struct table *table = table_named(writer->options.table);
    struct cchci_cells cells = cchci_cells_of(writer, NULL, sink, separator);
    bool english = writer->options.language == CCHC_ENGLISH;
    for (size_t i = 0; i < table->column_count; i++)
        cchci_cell_word(&cells, english ? table->columns[i].english : table->columns[i].vietnamese);
    cchci_row_end(&cells);
}

static void put_rows(const cchc_writer *writer, const cchc_letter *letter, struct cchci_sink *sink,
                     char separator)
{
    const struct table *table = table_named(writer->options.table);
    struct cchci_cells cells = cchci_cells_of(writer, letter, sink, separator);
    size_t rows = table->rows(letter->document);
    for (size_t row = 0; row < rows && sink->status == CCHC_OK; row++) {
        struct item item = {letter, letter->document, row};
        for (size_t i = 0; i < table->column_count; i++)
            cchci_cell(&cells, table->columns[i].fill, &item);
        cchci_row_end(&cells);
    }
}

static void csv_begin(const cchc_writer *writer, struct cchci_sink *sink)
{
    cchci_put_bom(writer, sink);
    put_heading(writer, sink, ',');
}

static void csv_letter(const cchc_writer *writer, const cchc_letter *letter,
                       struct cchci_sink *sink)
{
    put_rows(writer, letter, sink, ',');
}

static void tsv_begin(const cchc_writer *writer, struct cchci_sink *sink)
{
    put_heading(writer, sink, '\t');
}

static void tsv_letter(const cchc_writer *writer, const cchc_letter *letter,
                       struct cchci_sink *sink)
{
    put_rows(writer, letter, sink, '\t');
}

const struct cchci_writer_format cchci_csv_format = {
    .row = {"csv", CCHC_FORMAT_BATCH, ".csv", true},
    .begin = csv_begin,
    .letter = csv_letter,
    .accepts = accepts,
};

const struct cchci_writer_format cchci_tsv_format = {
    .row = {"tsv", CCHC_FORMAT_BATCH, ".tsv", true},
    .begin = tsv_begin,
    .letter = tsv_letter,
    .accepts = accepts,
};
