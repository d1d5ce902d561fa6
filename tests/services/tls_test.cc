#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <fstream>
#include <memory>

#include "services/rpc/rpc_server.h"
#include "tests/support/scratch_directory.h"

namespace onewindow {
namespace {

struct Pem {
  std::string certificate;
  std::string key;
};

std::string TextOf(BIO* bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(bio, &bytes);
  return {bytes, static_cast<size_t>(size)};
}

// A certificate for "localhost" that is its own authority, valid for an hour.
Pem SelfSigned() {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), name);
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> names(
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost"),
      X509_EXTENSION_free);
  X509_add_ext(certificate.get(), names.get(), -1);
  X509_sign(certificate.get(), key.get(), EVP_sha256());

  const std::unique_ptr<BIO, decltype(&BIO_free)> certificate_text(BIO_new(BIO_s_mem()), BIO_free);
  const std::unique_ptr<BIO, decltype(&BIO_free)> key_text(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_X509(certificate_text.get(), certificate.get());
  PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return {.certificate = TextOf(certificate_text.get()), .key = TextOf(key_text.get())};
}

class TlsTest : public testing::Test {
 protected:
  TlsTest() : server_pem_(SelfSigned()), caller_pem_(SelfSigned()) {
    std::ofstream(directory_ / "server.pem") << server_pem_.certificate;
    std::ofstream(directory_ / "server.key") << server_pem_.key;
    std::ofstream(directory_ / "callers.pem") << caller_pem_.certificate;
    tls_ = {.certificate = directory_ / "server.pem",
            .key = directory_ / "server.key",
            .client_ca = directory_ / "callers.pem"};
  }

  bool Connects(const RpcServer& server, const grpc::SslCredentialsOptions& options) {
    const std::string port = server.address().substr(server.address().rfind(':'));
    const auto channel = grpc::CreateChannel("localhost" + port, grpc::SslCredentials(options));
    return channel->WaitForConnected(std::chrono::system_clock::now() + std::chrono::seconds(2));
  }

  const ScratchDirectory directory_;
  const Pem server_pem_;
  const Pem caller_pem_;
  TlsFiles tls_;
};

TEST_F(TlsTest, CallersFromOutsideShowACertificate) {
  const auto server = RpcServer::Start({.listen = "0.0.0.0:0", .tls = tls_}, {});
  ASSERT_TRUE(server.ok()) << server.fault().message;
  const grpc::SslCredentialsOptions with_certificate{.pem_root_certs = server_pem_.certificate,
                                                     .pem_private_key = caller_pem_.key,
                                                     .pem_cert_chain = caller_pem_.certificate};
  EXPECT_TRUE(Connects(*server.value(), with_certificate));
  const Pem stranger = SelfSigned();
  const grpc::SslCredentialsOptions with_a_strangers{.pem_root_certs = server_pem_.certificate,
                                                     .pem_private_key = stranger.key,
                                                     .pem_cert_chain = stranger.certificate};
  EXPECT_FALSE(Connects(*server.value(), with_a_strangers));
}

TEST_F(TlsTest, ACertificateThatCannotBeReadStopsTheStart) {
  tls_.key = directory_ / "nowhere.key";
  const auto server = RpcServer::Start({.listen = "0.0.0.0:0", .tls = tls_}, {});
  ASSERT_FALSE(server.ok());
  EXPECT_THAT(server.fault().message, testing::HasSubstr("nowhere.key"));
}

}  // namespace
}  // namespace onewindow
