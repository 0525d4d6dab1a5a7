// commands/postcat/main.cc - postcat(1): shows queue files.
#include <fcntl.h>
#include <getopt.h>
#include <sys/mman.h>
#include <sysexits.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <optional>

#include "commands/postcat/print.h"
#include "lib/base/file.h"
#include "lib/base/log.h"
#include "lib/base/text.h"
#include "lib/config/command.h"
#include "lib/config/global_parameters.h"
#include "lib/config/log_setup.h"
#include "lib/queue/spool.h"

namespace {

using namespace postrider;
using queue::Queue;

struct Options {
    postcat::What what;
    bool by_queue_id = false;
    std::optional<std::string> directory;
    std::vector<std::string> names;
};

[[noreturn]] void usage() {
    fatal(
        "usage: postcat [-b (body text)] [-c config_dir] [-d (decimal record type)] [-e (envelope records)] "
        "[-f (prefix file names)] [-h (header text)] [-n (no segment names)] [-o (offsets)] "
        "[-q (access queue)] [-r (raw order)] [-s offset] [-v] [file(s)...]");
}

void take_option(Options& options, int letter) {
    postcat::What& what = options.what;
    switch (letter) {
        case 'b':
            what.body = true;
            break;
        case 'c':
            options.directory = optarg;
            break;
        case 'd':
            what.types = true;
            break;
        case 'e':
            what.envelope = true;
            break;
        case 'f':
            what.path = true;
            break;
        case 'h':
            what.header = true;
            break;
        case 'n':
            what.markers = false;
            break;
        case 'o':
            what.offsets = true;
            break;
        case 'q':
            options.by_queue_id = true;
            break;
        case 'r':
            what.raw_order = true;
            break;
        case 's': {
            const auto offset = parse_int(optarg);
            if (!offset || *offset < 0) fatal("bad offset: {}", optarg);
            what.start = *offset;
            break;
        }
        case 'v':
            what.verbose = true;
            break;
        default:
            usage();
    }
}

Options parse_options(int argc, char** argv) {
    Options options;
    int letter = 0;
    while ((letter = ::getopt(argc, argv, "+bc:defhnoqrs:v")) > 0) take_option(options, letter);
    postcat::What& what = options.what;
    if (!what.envelope && !what.header && !what.body) what.envelope = what.header = what.body = true;
    options.names.assign(argv + optind, argv + argc);
    return options;
}

// Compat: what is no queue file is passed over.
bool begins_like_a_message(int fd, const std::string& path) {
    char first = 0;
    const ssize_t n = ::pread(fd, &first, 1, 0);
    if (n < 0) log::warning("read {}: {}", path, errno_text());
    if (n <= 0) return false;
    const auto type = static_cast<queue::RecordType>(first);
    if (type == queue::RecordType::size || type == queue::RecordType::time) return true;
    log::warning("{}: input is not a valid queue file", path);
    return false;
}

void show(int fd, const std::string& path, const postcat::What& what) {
    if (what.start == 0 && !begins_like_a_message(fd, path)) return;
    const Result<void> printed = postcat::Printer(what, path).print(fd);
    if (std::fflush(stdout) != 0) fatal("write: {}", errno_text());
    if (printed) return;
    log::warning("{}", printed.error());
    fatal("record read error");
}

// Standard input may be a pipe; records are read by position.
void show_standard_input(const postcat::What& what) {
    const Fd copy(::memfd_create("postcat", MFD_CLOEXEC));
    if (!copy) fatal("memfd_create: {}", errno_text());
    char chunk[16384];
    for (;;) {
        const ssize_t n = ::read(STDIN_FILENO, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) fatal("read: {}", errno_text());
        if (n == 0) break;
        if (!write_all(copy.get(), chunk, static_cast<std::size_t>(n))) fatal("write: {}", errno_text());
    }
    show(copy.get(), "stdin", what);
}

void show_message(const queue::Spool& spool, const std::string& id, const postcat::What& what) {
    if (!queue::is_queue_id(id)) fatal("bad mail queue ID: {}", id);
    // Twice: it may move to a queue we have looked at before.
    for (int pass = 0; pass < 2; ++pass) {
        for (const Queue queue : {Queue::maildrop, Queue::incoming, Queue::active, Queue::deferred,
                                  Queue::hold, Queue::saved, Queue::corrupt}) {
            const Fd file = spool.open(queue, id, O_RDONLY);
            if (file) return show(file.get(), spool.path(queue, id), what);
            if (errno != ENOENT) fatal("open queue file {}: {}", id, errno_text());
        }
    }
    fatal("open queue file {}: {}", id, errno_text(ENOENT));
}

}  // namespace

int main(int argc, char** argv) {
    static std::string name = "postcat";  // as getopt(3) shall call us
    argv[0] = name.data();
    config::occupy_standard_descriptors();
    config::open_log_early("postcat", config::LogUser::command);
    const Options options = parse_options(argc, argv);
    const Settings settings = config::start_command("postcat", options.directory);
    config::open_log(settings, "postcat", config::LogUser::terminal);
    if (options.by_queue_id) {
        const std::string& directory = settings[config::queue_directory];
        if (::chdir(directory.c_str()) != 0) fatal("chdir {}: {}", directory, errno_text());
        const queue::Spool spool(settings);
        for (const std::string& id : options.names) show_message(spool, id, options.what);
        return EX_OK;
    }
    if (options.names.empty()) show_standard_input(options.what);
    for (const std::string& path : options.names) {
        const Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!file) fatal("open {}: {}", path, errno_text());
        show(file.get(), path, options.what);
    }
    return EX_OK;
}
