// agents/pipe/service_test.cc - the attributes and macros of a pipe(8) service.
#include "agents/pipe/service.h"

#include <catch2/catch.hpp>

using namespace postrider;
using namespace postrider::pipe_agent;

namespace {

using Words = std::vector<std::string>;

delivery::Request request() {
    delivery::Request made;
    made.sender = "a b@c.test";
    made.nexthop = "Hop.test";
    made.queue_id = "ABC";
    made.data_size = 42;
    for (const char* address : {"Joe+Ext@D.test", "ann@d.test"}) {
        delivery::Recipient recipient;
        recipient.recipient = address;
        made.recipients.push_back(recipient);
    }
    return made;
}

Words expanded(const Words& attributes) {
    Result<Service> service = parse_service(attributes);
    REQUIRE(service);
    Result<Words> arguments = expand_arguments(*service, request(), "+");
    return arguments ? *arguments : Words{"error"};
}

}  // namespace

TEST_CASE("A pipe service is read from its attributes", "[pipe]") {
    const Result<Service> service =
        parse_service({"flags=DRhu.", "user=vmail:mail", "eol=\\r\\n", "size=2000",
                       "null_sender=", "directory=/x", "argv=/bin/p", "-a"});
    REQUIRE(service);
    CHECK(service->user == "vmail");
    CHECK(service->group == "mail");
    CHECK(service->line_end == "\r\n");
    CHECK(service->size_limit == 2000);
    CHECK(service->null_sender.empty());
    CHECK(service->arguments == Words{"/bin/p", "-a"});
    CHECK((service->delivered_to && service->return_path && service->fold_domain && service->fold_user));
    CHECK((service->stuff_dots && !service->quote_from));
    for (const Words& bad : {Words{"user=x"}, Words{"argv=x"}, Words{"flags=Z", "user=x", "argv=x"},
                             Words{"size=many", "user=x", "argv=x"}, Words{"nonsense", "user=x", "argv=x"},
                             Words{"other=1", "user=x", "argv=x"}, Words{}})
        CHECK_FALSE(parse_service(bad));
}

TEST_CASE("Macros of recipients multiply their argument", "[pipe]") {
    CHECK(expanded({"user=v", "argv=p", "$sender", "--", "$recipient"}) ==
          Words{"p", "a b@c.test", "--", "Joe+Ext@D.test", "ann@d.test"});
    CHECK(expanded({"flags=huq", "user=v", "argv=p", "$sender", "${recipient}", "$nexthop"}) ==
          Words{"p", "\"a b\"@c.test", "joe+ext@d.test", "ann@d.test", "hop.test"});
    CHECK(expanded({"user=v", "argv=p", "$user:$extension:$mailbox:$domain"}) ==
          Words{"p", "Joe:Ext:Joe+Ext:D.test", "ann::ann:d.test"});
    CHECK(expanded({"user=v", "argv=p", "$queue_id", "$size", "a$$b"}) == Words{"p", "ABC", "42", "a$b"});
}
