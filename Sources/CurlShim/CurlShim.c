#if defined(LLM) && !__has_include(<curl/curl.h>)
#error "libcurl headers not found: apt-get install libcurl4-openssl-dev, or swift build --disable-default-traits"
#endif

#include "CurlShim.h"

#if defined(LLM) && LIBCURL_VERSION_NUM < 0x075700
#error "libcurl 7.87 or newer is needed: install it, or swift build --disable-default-traits"
#endif
