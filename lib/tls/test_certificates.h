// lib/tls/test_certificates.h - certificates for tests, made on the spot.
#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

namespace postrider::tls::test {

// A key with a certificate, and the same as PEM text.
struct Identity {
    std::shared_ptr<EVP_PKEY> key;
    std::shared_ptr<X509> certificate;
    std::string key_pem() const {
        BIO* out = BIO_new(BIO_s_mem());
        PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
        return drain(out);
    }
    std::string certificate_pem() const {
        BIO* out = BIO_new(BIO_s_mem());
        PEM_write_bio_X509(out, certificate.get());
        return drain(out);
    }
    std::string pem() const { return key_pem() + certificate_pem(); }

  private:
    static std::string drain(BIO* out) {
        char* data = nullptr;
        const long size = BIO_get_mem_data(out, &data);
        std::string text(data, static_cast<std::size_t>(size));
        BIO_free(out);
        return text;
    }
};

struct Wanted {
    std::string name = "mail.example";  // CommonName, and DNS name of the subject
    bool authority = false;
    bool rsa = false;            // else ECDSA with P-256
    long starts_in = -3600;      // seconds from now
    long ends_in = 24 * 3600;    // seconds from now
    std::string organisation{};  // O, when not empty
    std::string alternatives{};  // subjectAltName, when not "DNS:" + name: "DNS:a.example,DNS:b.example"
};

// A certificate signed by `issuer`, or by itself.
inline Identity make_identity(const Wanted& wanted, const Identity* issuer = nullptr) {
    static long serial = 4096;
    Identity made;
    made.key.reset(wanted.rsa ? EVP_RSA_gen(2048) : EVP_EC_gen("P-256"), EVP_PKEY_free);
    made.certificate.reset(X509_new(), X509_free);
    X509* x = made.certificate.get();
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), ++serial);
    X509_gmtime_adj(X509_getm_notBefore(x), wanted.starts_in);
    X509_gmtime_adj(X509_getm_notAfter(x), wanted.ends_in);
    X509_set_pubkey(x, made.key.get());
    X509_NAME* subject = X509_get_subject_name(x);
    const auto add_name = [subject](const char* kind, const std::string& text) {
        X509_NAME_add_entry_by_txt(subject, kind, MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char*>(text.data()),
                                   static_cast<int>(text.size()), -1, 0);
    };
    if (!wanted.name.empty()) add_name("CN", wanted.name);
    if (!wanted.organisation.empty()) add_name("O", wanted.organisation);
    X509_set_issuer_name(x, issuer == nullptr ? subject : X509_get_subject_name(issuer->certificate.get()));
    const auto add_extension = [x](int kind, const std::string& text) {
        X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, text.c_str());
        X509_add_ext(x, extension, -1);
        X509_EXTENSION_free(extension);
    };
    add_extension(NID_basic_constraints, wanted.authority ? "critical,CA:TRUE" : "CA:FALSE");
    if (!wanted.authority && !wanted.name.empty())
        add_extension(NID_subject_alt_name,
                      wanted.alternatives.empty() ? "DNS:" + wanted.name : wanted.alternatives);
    X509_sign(x, issuer == nullptr ? made.key.get() : issuer->key.get(), EVP_sha256());
    return made;
}

// A directory of PEM files that goes away with the test.
class Directory {
  public:
    Directory() {
        std::string form = (std::filesystem::temp_directory_path() / "postrider-tls-XXXXXX").string();
        path_ = ::mkdtemp(form.data());
    }
    ~Directory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Directory(const Directory&) = delete;
    Directory& operator=(const Directory&) = delete;
    // Writes by rename, as certificate tools do; returns the path.
    std::string write(const std::string& name, const std::string& text) const {
        const std::string path = path_ + "/" + name;
        std::ofstream(path + ".new") << text;
        std::filesystem::rename(path + ".new", path);
        return path;
    }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

}  // namespace postrider::tls::test
