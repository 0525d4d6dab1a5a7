// commands/postfix/check/files.cc - owners and modes, and copies in the jail that have gone stale.
//
// What Postfix looks at, in its order and its words: scripts watch for these lines.
#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <set>

#include "commands/postfix/check/checks.h"
#include "commands/postfix/layout.h"
#include "lib/base/file.h"
#include "lib/base/text.h"
#include "lib/config/global_parameters.h"
#include "lib/config/places.h"

namespace postrider::postfix::check {

namespace {

constexpr int deepest = 30;

// Everything below a path, itself first.  `followed`: links are what they lead to.
enum class Links { followed, kept };
using Visit = std::function<void(const std::string& path, const struct stat& found)>;
void walk(const std::string& path, Links links, const Visit& visit, int depth = 0) {
    auto found = links == Links::followed ? stat_file(path) : lstat_file(path);
    if (!found) found = lstat_file(path);
    if (!found) return;
    visit(path, *found);
    if (!S_ISDIR(found->st_mode) || depth > deepest) return;
    auto names = list_directory(path);
    if (!names) return;
    std::sort(names->begin(), names->end());
    for (const std::string& name : *names) walk(path + "/" + name, links, visit, depth + 1);
}

class Files {
  public:
    Files(const Instance& instance, Findings& findings)
        : instance_(instance), findings_(findings), shared_(!is_secondary()) {}

    void queue_directory() {
        for (const std::string& path : {instance_.queue + "/.", instance_.queue + "/pid"}) {
            const auto found = stat_file(path);
            if (found && found->st_uid != 0) not_owned("root", path);
        }
        for (const std::string& path : {instance_.queue + "/.", instance_.queue + "/pid"}) {
            const auto found = stat_file(path);
            if (found && is_writable(found->st_mode)) writable(path);
        }
    }

    void trees_of_root() {
        std::set<std::string> trees{instance_.directory};
        if (shared_) {
            trees.insert(instance_.settings[config::daemon_directory]);
            trees.insert(instance_.settings[config::meta_directory]);
            const std::string& libraries = instance_.settings[config::shlib_directory];
            if (libraries != "no") trees.insert(libraries);
        }
        for (const std::string& tree : trees)
            walk(tree + "/.", Links::kept, [this](const std::string& path, const struct stat& found) {
                if (found.st_uid != 0) not_owned("root", path);
            });
        for (const std::string& tree : trees)
            walk(tree + "/.", Links::followed, [this](const std::string& path, const struct stat& found) {
                if (is_writable(found.st_mode) && !S_ISLNK(found.st_mode)) writable(path);
            });
        for (const std::string& tree : trees)
            walk(tree + "/.", Links::kept, [this](const std::string& path, const struct stat& found) {
                if (S_ISLNK(found.st_mode) && path != "/etc/postfix/./makedefs.out") link(path);
            });
    }

    void trees_of_mail_owner(uid_t owner) {
        const std::string& name = instance_.settings[config::mail_owner];
        const std::string data = instance_.settings[config::data_directory] + "/.";
        walk(data, Links::kept, [&](const std::string& path, const struct stat& found) {
            if (found.st_uid != owner) not_owned(name, path);
        });
        walk(data, Links::kept, [this](const std::string& path, const struct stat& found) {
            if (is_writable(found.st_mode) && !S_ISLNK(found.st_mode)) writable(path);
        });
        for (const char* queue : {"active", "bounce", "corrupt", "defer", "deferred", "flush", "hold",
                                  "incoming", "private", "public", "saved", "trace"})
            walk(instance_.queue + "/" + queue, Links::kept,
                 [&](const std::string& path, const struct stat& found) {
                     if (!S_ISFIFO(found.st_mode) && !S_ISSOCK(found.st_mode) && found.st_uid != owner)
                         not_owned(name, path);
                 });
        // Not below it: anybody may put files there.
        const std::string maildrop = instance_.queue + "/maildrop";
        const auto found = stat_file(maildrop);
        if (found && found->st_uid != owner) not_owned(name, maildrop);
    }

    void setgid_group(gid_t group) {
        const std::string& name = instance_.settings[config::setgid_group];
        std::vector<std::string> paths;
        if (shared_) paths = {instance_.command("postqueue"), instance_.command("postdrop")};
        const std::vector<std::string> commands = paths;
        paths.push_back(instance_.queue + "/public");
        paths.push_back(instance_.queue + "/maildrop");
        for (const std::string& path : paths) {
            const auto found = stat_file(path);
            if (found && found->st_gid != group)
                add(fmt::format("not owned by group {}: {}", name, path),
                    fmt::format("chgrp {} {}", name, path));
        }
        for (const std::string& path : commands) {
            const auto found = stat_file(path);
            if (found && (found->st_mode & 02111) != 02111)
                add(fmt::format("not set-gid or not owner+group+world executable: {}", path),
                    fmt::format("chmod 2755 {}, or postfix set-permissions", path));
        }
    }

    void jail() {
        for (const char* directory : {"bin", "etc", "lib", "sbin", "usr"}) {
            const std::string inside = instance_.queue + "/" + directory;
            walk(inside, Links::kept, [this](const std::string& path, const struct stat& found) {
                if (found.st_uid != 0) not_owned("root", path);
            });
            walk(inside, Links::kept, [this](const std::string& path, const struct stat& found) {
                if (S_ISREG(found.st_mode)) compare(path, path.substr(instance_.queue.size()));
            });
        }
    }

    // Files that a crashed start left, or that postsuper(1) set aside.
    void damaged_messages() {
        walk(instance_.queue + "/corrupt", Links::kept,
             [this](const std::string& path, const struct stat& found) {
                 if (S_ISREG(found.st_mode))
                     add("damaged message: " + path.substr(instance_.queue.size() + 1),
                         "look at it with postcat, then remove it", "damaged-message");
             });
    }

    void second_sendmail() {
        if (!shared_) return;
        const auto one = read_file("/usr/sbin/sendmail");
        const auto other = read_file("/usr/lib/sendmail");
        if (!one || !other || *one == *other) return;
        add("/usr/lib/sendmail and /usr/sbin/sendmail differ", "", "sendmail");
        add("Replace one by a symbolic link to the other", "", "sendmail");
    }

  private:
    static bool is_writable(mode_t mode) { return (mode & (S_IWGRP | S_IWOTH)) != 0; }

    // A secondary instance leaves what it shares with the first one to that one.
    bool is_secondary() const {
        const std::string first = config::places::config_directory();
        if (first == instance_.directory) return false;
        const auto settings = Settings::load(first);
        if (!settings) return false;
        const auto others = settings->words(config::multi_instance_directories);
        return std::find(others.begin(), others.end(), instance_.directory) != others.end();
    }

    void add(std::string text, std::string remedy, std::string kind = "permissions") {
        Finding finding;
        finding.severity = Severity::warning;
        finding.kind = std::move(kind);
        finding.text = std::move(text);
        finding.remedy = std::move(remedy);
        finding.of_postfix = true;
        findings_.push_back(std::move(finding));
    }
    void not_owned(std::string_view by, const std::string& path) {
        add(fmt::format("not owned by {}: {}", by, path), fmt::format("chown {} {}", by, path));
    }
    void writable(const std::string& path) {
        add(fmt::format("group or other writable: {}", path), fmt::format("chmod go-w {}", path));
    }

    // What a link leads to may not be looked after.
    void link(const std::string& path) {
        std::string target(4096, '\0');
        const ssize_t length = ::readlink(path.c_str(), target.data(), target.size());
        if (length > 0 && target.substr(0, static_cast<std::size_t>(length)).find('/') != std::string::npos)
            add("symlink leaves directory: " + path, "put the file itself there");
    }

    void compare(const std::string& inside, const std::string& outside) {
        const auto original = stat_file(outside);
        if (!original || !S_ISREG(original->st_mode)) return;
        const auto copy = read_file(inside);
        const auto now = read_file(outside);
        if (copy && now && *copy == *now) return;
        add(fmt::format("{} and {} differ", inside, outside), fmt::format("cp -p {} {}", outside, inside),
            "jail");
    }

    const Instance& instance_;
    Findings& findings_;
    bool shared_;
};

}  // namespace

void check_files(const Instance& instance, Findings& findings) {
    Files files(instance, findings);
    if (instance.privileged) {
        const Accounts accounts = look_up_accounts(instance);
        files.queue_directory();
        files.trees_of_root();
        files.trees_of_mail_owner(accounts.mail_user);
        files.setgid_group(accounts.setgid_group);
        files.jail();
    }
    files.damaged_messages();
    if (instance.privileged) files.second_sendmail();
}

}  // namespace postrider::postfix::check
