#pragma once
#include <gnutls/gnutls.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <gnutls/abstract.h>

// GnuTLS's free, which it declares as a variable.
static inline void gnutls_release(gnutls_datum_t *datum) { gnutls_free(datum->data); }

// Values that GnuTLS declares as macros, which Swift cannot import.
static inline unsigned int gnutls_p256_bits(void) { return GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1); }
static inline const char *gnutls_oid_server(void) { return GNUTLS_KP_TLS_WWW_SERVER; }
static inline const char *gnutls_oid_client(void) { return GNUTLS_KP_TLS_WWW_CLIENT; }
static inline const char *gnutls_oid_common_name(void) { return GNUTLS_OID_X520_COMMON_NAME; }
static inline const char *gnutls_oid_organization(void) { return GNUTLS_OID_X520_ORGANIZATION_NAME; }
static inline const char *gnutls_oid_alternative_names(void) { return GNUTLS_X509EXT_OID_SAN; }
