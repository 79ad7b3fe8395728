/* SPDX-License-Identifier: MIT */
/* read_ics: a calendar from standard input, read and checked by libical; each of its tasks as a
 * line of JSON to standard output. Exit status 1 where libical reports an error. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libical/ical.h>

static char *read_line(char *line, size_t size, void *file)
{
    return fgets(line, (int)size, file);
}

static void put_string(const char *key, const char *value, const char *end)
{
    printf("\"%s\": \"", key);
    for (; value != NULL && *value != '\0'; value++) {
        if ((unsigned char)*value < 0x20)
            printf("\\u%04x", (unsigned)*value);
        else
            printf(*value == '"' || *value == '\\' ? "\\%c" : "%c", *value);
    }
    printf("\"%s", end);
}

static const char *value_of(icalcomponent *task, icalproperty_kind kind)
{
    icalproperty *property = icalcomponent_get_first_property(task, kind);
    return property != NULL ? icalproperty_get_value_as_string(property) : "";
}

static const char *zone_of(icalcomponent *task)
{
    icalproperty *due = icalcomponent_get_first_property(task, ICAL_DUE_PROPERTY);
    const char *zone = due != NULL ? icalproperty_get_parameter_as_string(due, "TZID") : NULL;
    return zone != NULL ? zone : "";
}

static void put_task(icalcomponent *task)
{
    printf("{");
    put_string("uid", icalcomponent_get_uid(task), ", ");
    put_string("summary", icalcomponent_get_summary(task), ", ");
    put_string("description", icalcomponent_get_description(task), ", ");
    put_string("dtstamp", value_of(task, ICAL_DTSTAMP_PROPERTY), ", ");
    put_string("dtstart", value_of(task, ICAL_DTSTART_PROPERTY), ", ");
    put_string("due", value_of(task, ICAL_DUE_PROPERTY), ", ");
    put_string("tzid", zone_of(task), ", ");
    put_string("rrule", value_of(task, ICAL_RRULE_PROPERTY), ", ");
    put_string("status", value_of(task, ICAL_STATUS_PROPERTY), "}\n");
}

int main(void)
{
    icalparser *parser = icalparser_new();
    icalparser_set_gen_data(parser, stdin);
    icalcomponent *calendar = icalparser_parse(parser, read_line);
    icalparser_free(parser);
    if (calendar == NULL || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
        fprintf(stderr, "no calendar\n");
        return 1;
    }
    (void)icalrestriction_check(calendar);
    int errors = icalcomponent_count_errors(calendar);
    for (icalcomponent *task = icalcomponent_get_first_component(calendar, ICAL_VTODO_COMPONENT);
         task != NULL; task = icalcomponent_get_next_component(calendar, ICAL_VTODO_COMPONENT))
        put_task(task);
    if (errors > 0) {
        icalproperty *error = NULL;
        for (icalcomponent *part = icalcomponent_get_first_component(calendar, ICAL_ANY_COMPONENT);
             part != NULL && error == NULL;
             part = icalcomponent_get_next_component(calendar, ICAL_ANY_COMPONENT))
            error = icalcomponent_get_first_property(part, ICAL_XLICERROR_PROPERTY);
        fprintf(stderr, "%d errors, %s\n", errors,
                error != NULL ? icalproperty_as_ical_string(error) : "");
    }
    icalcomponent_free(calendar);
    return errors > 0;
}
