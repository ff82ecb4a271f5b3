#ifndef CURL_SHIM_H
#define CURL_SHIM_H
#if __has_include(<curl/curl.h>)
#include <curl/curl.h>
#endif
#endif
