// The two calls of libxml2 that read a text, with the options under which text from outside is safe to read.

#ifndef CXML_SHIM_H
#define CXML_SHIM_H

// ICU's types, which encodings would bring in and nothing here uses, are other than those that Foundation brings.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

// The tree of a UTF-8 text, or NULL. No network, no DTD, no substitution of entities; depth and lengths stay bounded
// because XML_PARSE_HUGE is not set.
static inline xmlDocPtr shim_read_xml(const char *text, int length) {
    return xmlReadMemory(
        text, length, NULL, "UTF-8",
        XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
}

static inline xmlDocPtr shim_read_html(const char *text, int length) {
    return htmlReadMemory(
        text, length, NULL, "UTF-8",
        HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING);
}

#endif
