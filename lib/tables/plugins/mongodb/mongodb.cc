// lib/tables/plugins/mongodb/mongodb.cc - the table type mongodb: a search in a MongoDB collection;
// mongodb_table(5).
#include <mongoc/mongoc.h>

#include <memory>

#include "lib/tables/plugins/mongodb/text.h"
#include "lib/tables/plugins/server_table.h"

namespace {

using namespace postrider::tables::plugin;

constexpr int connect_limit = 10'000;  // milliseconds
constexpr int answer_limit = 30'000;

template <class T, void (*free_it)(T*)>
struct Free {
    void operator()(T* it) const { free_it(it); }
};
// bson_t is _bson_t with an alignment that templates do not keep.
using Document = std::unique_ptr<_bson_t, Free<_bson_t, bson_destroy>>;
using Uri = std::unique_ptr<mongoc_uri_t, Free<mongoc_uri_t, mongoc_uri_destroy>>;
using Client = std::unique_ptr<mongoc_client_t, Free<mongoc_client_t, mongoc_client_destroy>>;
using Collection = std::unique_ptr<mongoc_collection_t, Free<mongoc_collection_t, mongoc_collection_destroy>>;
using Cursor = std::unique_ptr<mongoc_cursor_t, Free<mongoc_cursor_t, mongoc_cursor_destroy>>;

Document parse(const std::string& json, std::string& reason) {
    bson_error_t error;
    Document document(bson_new_from_json(reinterpret_cast<const std::uint8_t*>(json.data()),
                                         static_cast<ssize_t>(json.size()), &error));
    if (!document) reason = error.message;
    return document;
}

struct Configuration {
    explicit Configuration(const Options& options)
        : uri(options.needed("uri")),
          database(options.needed("dbname")),
          collection(options.needed("collection")),
          query_filter(options.needed("query_filter")),
          projection(options.text("projection")),
          attributes(options.words("result_attribute")) {
        if (attributes.empty() == projection.empty())
            throw BadOption("either result_attribute or projection is needed, not both");
        std::string reason;
        if (!projection.empty() && !parse(projection, reason)) throw BadOption("bad projection: " + reason);
        bson_error_t error;
        const Uri parsed(mongoc_uri_new_with_error(uri.c_str(), &error));
        if (!parsed) throw BadOption(std::string("bad uri: ") + error.message);
    }
    std::string uri, database, collection, query_filter, projection;
    std::vector<std::string> attributes;
    // The URI names all the servers; the library chooses.
    std::vector<std::string> hosts = {uri};
    static constexpr int retry_interval = 10;
    static constexpr int idle_interval = 300;
    std::vector<std::string> templates() const { return {query_filter}; }
};

// Everything in a field that is text or a number.
void add_values(bson_iter_t& field, std::vector<std::string>& values) {
    if (BSON_ITER_HOLDS_UTF8(&field)) {
        std::uint32_t size = 0;
        const char* const text = bson_iter_utf8(&field, &size);
        values.emplace_back(text, size);
    } else if (BSON_ITER_HOLDS_INT32(&field) || BSON_ITER_HOLDS_INT64(&field)) {
        values.push_back(std::to_string(bson_iter_as_int64(&field)));
    } else if (BSON_ITER_HOLDS_ARRAY(&field) || BSON_ITER_HOLDS_DOCUMENT(&field)) {
        bson_iter_t inner;
        if (!bson_iter_recurse(&field, &inner)) return;
        while (bson_iter_next(&inner)) add_values(inner, values);
    }
}

class MongoConnection : public Connection {
  public:
    explicit MongoConnection(std::shared_ptr<const Configuration> configuration)
        : configuration_(std::move(configuration)) {}

    // The reason of a failure; empty: connected.
    std::string connect(const std::string& server) {
        bson_error_t error;
        const Uri uri(mongoc_uri_new_with_error(server.c_str(), &error));
        if (!uri) return error.message;
        for (const char* const limit : {MONGOC_URI_CONNECTTIMEOUTMS, MONGOC_URI_SERVERSELECTIONTIMEOUTMS})
            if (mongoc_uri_get_option_as_int32(uri.get(), limit, 0) == 0)
                mongoc_uri_set_option_as_int32(uri.get(), limit, connect_limit);
        if (mongoc_uri_get_option_as_int32(uri.get(), MONGOC_URI_SOCKETTIMEOUTMS, 0) == 0)
            mongoc_uri_set_option_as_int32(uri.get(), MONGOC_URI_SOCKETTIMEOUTMS, answer_limit);
        client_.reset(mongoc_client_new_from_uri_with_error(uri.get(), &error));
        if (!client_) return error.message;
        mongoc_client_set_error_api(client_.get(), MONGOC_ERROR_API_VERSION_2);
        mongoc_client_set_appname(client_.get(), "postrider");
        // The library connects when it is first asked, and a server that it does not understand looks like
        // one that has found nothing: only an answer to a ping is a connection.
        std::string reason;
        const Document ping = parse(R"({"ping": 1})", reason);
        error.message[0] = '\0';
        if (mongoc_client_command_simple(client_.get(), "admin", ping.get(), nullptr, nullptr, &error))
            return "";
        return error.message[0] != '\0' ? error.message : "it is not understood";
    }

    Answer ask(const Question& question) override {
        const Configuration& c = *configuration_;
        const auto text = question.expand(c.query_filter, quote_json);
        if (!text) return Answer::of({});
        std::string reason;
        const Document filter = parse(*text, reason);
        if (!filter) return Answer::refuse("bad query_filter: " + reason);
        const Document projection =
            parse(c.projection.empty() ? projection_of(c.attributes) : c.projection, reason);
        if (!projection) return Answer::refuse("bad projection: " + reason);
        const Document options(bson_new());
        bson_append_document(options.get(), "projection", -1, projection.get());
        const Collection collection(
            mongoc_client_get_collection(client_.get(), c.database.c_str(), c.collection.c_str()));
        const Cursor cursor(
            mongoc_collection_find_with_opts(collection.get(), filter.get(), options.get(), nullptr));
        return read_answer(cursor.get());
    }

  private:
    Answer read_answer(mongoc_cursor_t* cursor) const {
        std::vector<std::string> values;
        const bson_t* found = nullptr;
        while (mongoc_cursor_next(cursor, &found)) add_document(*found, values);
        bson_error_t error;
        if (!mongoc_cursor_error(cursor, &error)) return Answer::of(std::move(values));
        const std::string text = std::string("mongodb query failed: ") + error.message;
        const bool gone = error.domain == MONGOC_ERROR_SERVER_SELECTION ||
                          error.domain == MONGOC_ERROR_STREAM || error.domain == MONGOC_ERROR_CLIENT;
        return gone ? Answer::gone(text) : Answer::refuse(text);
    }

    void add_document(const bson_t& found, std::vector<std::string>& values) const {
        bson_iter_t all, field;
        if (configuration_->attributes.empty()) {
            if (!bson_iter_init(&all, &found)) return;
            while (bson_iter_next(&all)) add_values(all, values);
            return;
        }
        for (const std::string& name : configuration_->attributes)
            if (bson_iter_init(&all, &found) && bson_iter_find_descendant(&all, name.c_str(), &field))
                add_values(field, values);
    }

    std::shared_ptr<const Configuration> configuration_;
    Client client_;
};

}  // namespace

POSTRIDER_PLUGIN;
POSTRIDER_OPENER postrider_open_mongodb(const Options& options, std::string& reason) {
    // The library's own start is not for several threads at once.
    static const bool started = [] {
        mongoc_init();
        mongoc_log_set_handler([](mongoc_log_level_t, const char*, const char*, void*) {}, nullptr);
        return true;
    }();
    static_cast<void>(started);
    return open<ServerTable<Configuration, MongoConnection>>(options, reason);
}
