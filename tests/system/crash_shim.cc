// tests/system/crash_shim.cc - kills a program at its Nth call that others can notice, for crash_points.py.
//
// Loaded with LD_PRELOAD.  CRASH_PLAN names a file of the shape of Plan, shared by all processes of an
// instance. Counted are changes of files and what is said over stream sockets: in between, a crash leaves no
// trace.
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

struct Plan {
    char program[24];            // whom to kill; empty: nobody
    std::atomic<int> countdown;  // calls left; 0: nobody any more
    int after;                   // 1: once the call is done, 0: instead of it
    char victim[32];             // the call that was cut off, for messages
};
Plan* plan = nullptr;

__attribute__((constructor)) void look_up_plan() {
    const char* path = std::getenv("CRASH_PLAN");
    if (path == nullptr) return;
    const int fd = ::open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0) return;
    void* memory = ::mmap(nullptr, sizeof(Plan), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    ::close(fd);
    if (memory != MAP_FAILED) plan = static_cast<Plan*>(memory);
}

bool its_turn(const char* call) {
    if (plan == nullptr || plan->countdown.load() <= 0) return false;
    if (std::strcmp(plan->program, program_invocation_short_name) != 0) return false;
    if (plan->countdown.fetch_sub(1) != 1) return false;
    std::snprintf(plan->victim, sizeof plan->victim, "%s", call);
    return true;
}

void die() {
    ::kill(::getpid(), SIGKILL);
    for (;;) ::pause();
}

// A file or a stream: log lines (datagrams) and wake-ups do not count.
bool counts(int fd) {
    struct stat status {};
    if (::fstat(fd, &status) != 0) return false;
    if (S_ISREG(status.st_mode)) return true;
    int type = 0;
    socklen_t size = sizeof type;
    return S_ISSOCK(status.st_mode) && ::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 &&
           type == SOCK_STREAM;
}

template <typename Function, typename... Arguments>
auto call(const char* name, Arguments... arguments) {
    const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
    const bool dies = its_turn(name);
    if (dies && plan->after == 0) die();
    const auto result = real(arguments...);
    if (dies) die();
    return result;
}

template <typename Function, typename... Arguments>
auto call_with_fd(const char* name, int fd, Arguments... arguments) {
    if (counts(fd)) return call<Function>(name, fd, arguments...);
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name))(fd, arguments...);
}

}  // namespace

extern "C" {

int fsync(int fd) {
    return call<int (*)(int)>("fsync", fd);
}
int fdatasync(int fd) {
    return call<int (*)(int)>("fdatasync", fd);
}
int fchmod(int fd, mode_t mode) noexcept {
    return call<int (*)(int, mode_t)>("fchmod", fd, mode);
}
int ftruncate(int fd, off_t size) noexcept {
    return call<int (*)(int, off_t)>("ftruncate", fd, size);
}
int ftruncate64(int fd, off64_t size) noexcept {
    return call<int (*)(int, off64_t)>("ftruncate64", fd, size);
}
int rename(const char* from, const char* to) noexcept {
    return call<int (*)(const char*, const char*)>("rename", from, to);
}
int link(const char* from, const char* to) noexcept {
    return call<int (*)(const char*, const char*)>("link", from, to);
}
int unlink(const char* path) noexcept {
    return call<int (*)(const char*)>("unlink", path);
}
int futimens(int fd, const struct timespec times[2]) noexcept {
    return call<int (*)(int, const struct timespec*)>("futimens", fd, times);
}
ssize_t write(int fd, const void* data, size_t size) {
    return call_with_fd<ssize_t (*)(int, const void*, size_t)>("write", fd, data, size);
}
ssize_t pwrite(int fd, const void* data, size_t size, off_t at) {
    return call_with_fd<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite", fd, data, size, at);
}
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t at) {
    return call_with_fd<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64", fd, data, size, at);
}
ssize_t writev(int fd, const iovec* parts, int count) {
    return call_with_fd<ssize_t (*)(int, const iovec*, int)>("writev", fd, parts, count);
}
ssize_t send(int fd, const void* data, size_t size, int flags) {
    return call_with_fd<ssize_t (*)(int, const void*, size_t, int)>("send", fd, data, size, flags);
}
ssize_t sendmsg(int fd, const msghdr* message, int flags) {
    return call_with_fd<ssize_t (*)(int, const msghdr*, int)>("sendmsg", fd, message, flags);
}
}
