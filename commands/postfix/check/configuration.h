// commands/postfix/check/configuration.h - main.cf and master.cf as the checks look at them.
//
// One pass reads both files; each service then has settings of its own, main.cf with its -o options over it,
// because that is what its program will see.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "commands/postfix/check/finding.h"
#include "commands/postfix/instance.h"
#include "lib/config/master_cf.h"
#include "lib/config/settings.h"

namespace postrider::postfix::check {

struct Service {
    config::ServiceEntry entry;
    Settings settings;  // main.cf, and the -o options of this service
    std::set<std::string, std::less<>> overridden;
    bool usable = true;  // false: some value cannot be used, so that nothing else should be asked

    // "smtp/inet", as postconf -P names it.
    std::string name() const { return entry.service + "/" + entry.type; }
};

class Configuration {
  public:
    // Reads both files again, without a word to the log.
    explicit Configuration(const Instance& instance);

    const Instance& instance;
    const Settings& settings;
    std::string main_file, master_file;
    std::vector<config::Entry> entries;  // of main.cf, duplicates included
    std::vector<config::MasterLine> lines;
    std::vector<std::unique_ptr<Service>> services;  // of two alike, the last
    std::string master_error;                        // why there are no services
    bool usable = true;                              // false: some value of main.cf cannot be used

    // main.cf alone, or a service: whose value a check looks at.
    const Settings& settings_of(const Service* service) const {
        return service ? service->settings : settings;
    }
    // Where the value comes from: the service's line, main.cf, or nowhere in particular (a default).
    config::Origin origin(std::string_view parameter, const Service* service = nullptr) const;
    // A finding about a value, with its place filled in.
    Finding about(Severity severity, std::string kind, std::string_view parameter, const Service* service,
                  std::string text, std::string remedy) const;
    bool has_service(std::string_view name, std::string_view type) const;
    // Services that run this program, in the order of the file.
    std::vector<const Service*> running(std::string_view program) const;
    // "name = value" shortened, for texts.
    std::string quoted(std::string_view parameter, const Service* service = nullptr) const;
    // Looks at main.cf and at every service that has its own value of one of these.
    template <class Look>
    void for_each_view(std::initializer_list<std::string_view> parameters, Look look) const {
        if (usable) look(nullptr);
        for (const auto& service : services) {
            if (!service->usable) continue;
            for (const std::string_view name : parameters) {
                if (!service->overridden.contains(name)) continue;
                look(service.get());
                break;
            }
        }
    }
};

}  // namespace postrider::postfix::check
