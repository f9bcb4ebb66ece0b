#ifndef CHARGEHOST_COPENSSL_SHIM_H
#define CHARGEHOST_COPENSSL_SHIM_H
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

/* Function-like macros, which Swift does not import. */
static inline int ch_SSL_CTX_set_min_proto_version(SSL_CTX *context, int version) {
    return (int)SSL_CTX_set_min_proto_version(context, version);
}
static inline void ch_SSL_CTX_release_buffers(SSL_CTX *context) {
    (void)SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS);
}
static inline void ch_SSL_CTX_refuse_renegotiation(SSL_CTX *context) {
    (void)SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
}
static inline int ch_SSL_CTX_add1_chain_cert(SSL_CTX *context, X509 *certificate) {
    return (int)SSL_CTX_add1_chain_cert(context, certificate);
}
static inline int ch_SSL_set_server_name(SSL *ssl, const char *name) {
    return (int)SSL_set_tlsext_host_name(ssl, name);
}
static inline int ch_BIO_pending(BIO *bio) { return (int)BIO_pending(bio); }
static inline int ch_ERR_GET_REASON(unsigned long code) { return ERR_GET_REASON(code); }
static inline STACK_OF(X509) *ch_X509_stack_new(void) { return sk_X509_new_null(); }
static inline void ch_X509_stack_push(STACK_OF(X509) *stack, X509 *certificate) { sk_X509_push(stack, certificate); }
static inline void ch_X509_stack_free(STACK_OF(X509) *stack) { sk_X509_free(stack); }
static inline const EVP_MD *ch_sha256(void) { return EVP_sha256(); }
static inline int ch_MBSTRING_UTF8(void) { return MBSTRING_UTF8; }
static inline EVP_PKEY *ch_EVP_EC_gen(const char *curve) { return EVP_EC_gen(curve); }
static inline long ch_BIO_get_mem_data(BIO *bio, char **data) { return BIO_get_mem_data(bio, data); }
#endif
