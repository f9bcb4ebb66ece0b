#ifndef CHARGEHOST_CCURL_SHIM_H
#define CHARGEHOST_CCURL_SHIM_H
#include <curl/curl.h>

/*
 The library is opened when the first file is to be transferred, so that a host that transfers none does not carry it
 and the thirty libraries behind it in its memory. `function` is what dlsym(3) gave for the function of the name.
 */
typedef CURLcode (*ch_curl_setopt)(CURL *, CURLoption, ...);
static inline CURLcode ch_curl_set_long(void *function, CURL *handle, CURLoption option, long value) {
    return ((ch_curl_setopt)function)(handle, option, value);
}
static inline CURLcode ch_curl_set_size(void *function, CURL *handle, CURLoption option, curl_off_t value) {
    return ((ch_curl_setopt)function)(handle, option, value);
}
static inline CURLcode ch_curl_set_text(void *function, CURL *handle, CURLoption option, const char *value) {
    return ((ch_curl_setopt)function)(handle, option, value);
}
static inline CURLcode ch_curl_set_pointer(void *function, CURL *handle, CURLoption option, void *value) {
    return ((ch_curl_setopt)function)(handle, option, value);
}
typedef size_t (*ch_curl_bytes)(char *, size_t, size_t, void *);
static inline CURLcode ch_curl_set_bytes(void *function, CURL *handle, CURLoption option, ch_curl_bytes value) {
    return ((ch_curl_setopt)function)(handle, option, value);
}
typedef int (*ch_curl_progress)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
static inline CURLcode ch_curl_set_progress(void *function, CURL *handle, ch_curl_progress value) {
    return ((ch_curl_setopt)function)(handle, CURLOPT_XFERINFOFUNCTION, value);
}
typedef CURLcode (*ch_curl_getinfo)(CURL *, CURLINFO, ...);
static inline CURLcode ch_curl_status(void *function, CURL *handle, long *value) {
    return ((ch_curl_getinfo)function)(handle, CURLINFO_RESPONSE_CODE, value);
}
typedef CURLcode (*ch_curl_global)(long);
static inline CURLcode ch_curl_prepare(void *function) { return ((ch_curl_global)function)(CURL_GLOBAL_DEFAULT); }
typedef curl_version_info_data *(*ch_curl_version)(CURLversion);
static inline const char *const *ch_curl_protocols(void *function) {
    return ((ch_curl_version)function)(CURLVERSION_NOW)->protocols;
}
typedef CURL *(*ch_curl_begin)(void);
static inline CURL *ch_curl_start(void *function) { return ((ch_curl_begin)function)(); }
typedef void (*ch_curl_cleanup)(CURL *);
static inline void ch_curl_end(void *function, CURL *handle) { ((ch_curl_cleanup)function)(handle); }
typedef CURLcode (*ch_curl_perform)(CURL *);
static inline CURLcode ch_curl_run(void *function, CURL *handle) { return ((ch_curl_perform)function)(handle); }
typedef const char *(*ch_curl_words)(CURLcode);
static inline const char *ch_curl_error(void *function, CURLcode code) { return ((ch_curl_words)function)(code); }
typedef struct curl_slist *(*ch_curl_append)(struct curl_slist *, const char *);
static inline struct curl_slist *ch_curl_header(void *function, struct curl_slist *list, const char *line) {
    return ((ch_curl_append)function)(list, line);
}
typedef void (*ch_curl_free)(struct curl_slist *);
static inline void ch_curl_free_headers(void *function, struct curl_slist *list) { ((ch_curl_free)function)(list); }
#endif
