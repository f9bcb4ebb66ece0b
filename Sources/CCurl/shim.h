#ifndef CHARGEHOST_CCURL_SHIM_H
#define CHARGEHOST_CCURL_SHIM_H
#include <curl/curl.h>

/* Functions with variable arguments, which Swift does not import. */
static inline CURLcode ch_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ch_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ch_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode ch_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
typedef size_t (*ch_curl_bytes)(char *, size_t, size_t, void *);
static inline CURLcode ch_curl_set_bytes(CURL *handle, CURLoption option, ch_curl_bytes value) {
    return curl_easy_setopt(handle, option, value);
}
typedef int (*ch_curl_progress)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
static inline CURLcode ch_curl_set_progress(CURL *handle, ch_curl_progress value) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}
static inline CURLcode ch_curl_status(CURL *handle, long *value) {
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, value);
}
static inline const char *const *ch_curl_protocols(void) { return curl_version_info(CURLVERSION_NOW)->protocols; }
static inline CURLcode ch_curl_global_init(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }
#endif
