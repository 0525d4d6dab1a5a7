// commands/postconf/table_parameters.cc - what the configuration of a database table may have.
#include "commands/postconf/table_parameters.h"

#include <algorithm>

#include "lib/base/text.h"

namespace postrider::postconf {

namespace {

struct Type {
    std::string_view name;
    std::string_view parameters;
};

constexpr Type types[] = {
    {"ldap",
     "bind bind_dn bind_pw cache cache_expiry cache_size chase_referrals debuglevel dereference domain "
     "expansion_limit leaf_result_attribute query_filter recursion_limit result_attribute result_filter "
     "result_format sasl_authz_id sasl_mechs sasl_minssf sasl_realm scope search_base server_host "
     "server_port "
     "size_limit special_result_attribute start_tls terminal_result_attribute timeout tls_ca_cert_dir "
     "tls_ca_cert_file tls_cert tls_cipher_suite tls_key tls_random_file tls_require_cert version"},
    {"memcache",
     "backup data_size_limit domain flags key_format line_size_limit max_try memcache retry_pause timeout "
     "ttl"},
    {"mongodb",
     "collection dbname domain expansion_limit projection query_filter result_attribute result_format uri"},
    {"mysql",
     "additional_conditions charset dbname domain expansion_limit hosts idle_interval option_file "
     "option_group password query require_result_set result_format retry_interval select_field table "
     "tls_CAfile tls_CApath tls_cert_file tls_ciphers tls_key_file tls_verify_cert user where_field"},
    {"pgsql",
     "additional_conditions dbname domain encoding expansion_limit hosts idle_interval password query "
     "result_format retry_interval select_field select_function table user where_field"},
    {"redis",
     "database domain expansion_limit hosts idle_interval password query result_format retry_interval "
     "timeout user"},
    {"sqlite",
     "additional_conditions dbpath domain expansion_limit query result_format select_field table "
     "where_field"},
};

}  // namespace

std::vector<std::string_view> table_parameters(std::string_view type) {
    if (type == "valkey") type = "redis";
    const auto* found =
        std::find_if(std::begin(types), std::end(types), [&](const Type& one) { return one.name == type; });
    return found == std::end(types) ? std::vector<std::string_view>{} : split(found->parameters, ' ');
}

}  // namespace postrider::postconf
