// The few calls of libcurl that Swift cannot import: variadic ones, one anonymous union, one macro.
//
// Empty where the headers are missing: SwiftPM compiles this target whatever the traits say. A define of the
// package is not seen when Swift imports this header, so only the presence of the headers can guard it.

#ifndef CURL_SHIM_H
#define CURL_SHIM_H

#if __has_include(<curl/curl.h>)
#include <curl/curl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

typedef size_t (*shim_bytes_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode shim_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }

static inline CURLcode shim_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

// Sets a body that libcurl copies; `bytes` may be NULL where `count` is 0.
static inline CURLcode shim_copy_body(CURL *handle, const void *bytes, size_t count) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, count > 0 ? bytes : "");
}

static inline CURLcode shim_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode shim_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode shim_set_callback(CURL *handle, CURLoption option, shim_bytes_callback callback) {
    return curl_easy_setopt(handle, option, callback);
}

// What was set as CURLOPT_PRIVATE, or NULL.
static inline void *shim_get_private(CURL *handle) {
    char *value = NULL;
    return curl_easy_getinfo(handle, CURLINFO_PRIVATE, &value) == CURLE_OK ? value : NULL;
}

static inline CURLMcode shim_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return curl_multi_setopt(multi, option, value);
}

static inline CURLSHcode shim_share(CURLSH *share, curl_lock_data what) {
    return curl_share_setopt(share, CURLSHOPT_SHARE, what);
}

// The next finished transfer, or NULL; its outcome goes to `result`.
static inline CURL *shim_next_finished(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left)) != NULL) {
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return message->easy_handle;
        }
    }
    return NULL;
}

typedef curl_socket_t (*shim_socket_callback)(void *context, curlsocktype purpose, struct curl_sockaddr *address);

// Sets what opens sockets; it sees every address before it is connected to.
static inline CURLcode shim_set_socket_opener(CURL *handle, shim_socket_callback callback, void *context) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, callback);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, context);
}

// The socket that libcurl would open by itself.
static inline curl_socket_t shim_open_socket(const struct curl_sockaddr *address) {
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// The bytes of an IPv4 or IPv6 address, 4 or 16; 0 and nothing written for any other family.
static inline int shim_address_bytes(const struct curl_sockaddr *address, unsigned char *bytes) {
    if (address->family == AF_INET) {
        memcpy(bytes, &((const struct sockaddr_in *)&address->addr)->sin_addr, 4);
        return 4;
    }
    if (address->family == AF_INET6) {
        memcpy(bytes, &((const struct sockaddr_in6 *)&address->addr)->sin6_addr, 16);
        return 16;
    }
    return 0;
}

static inline curl_socket_t shim_no_socket(void) { return CURL_SOCKET_BAD; }

static inline size_t shim_pause_writing(void) { return CURL_WRITEFUNC_PAUSE; }

static inline CURLcode shim_resume(CURL *handle) { return curl_easy_pause(handle, CURLPAUSE_CONT); }

#endif
#endif
