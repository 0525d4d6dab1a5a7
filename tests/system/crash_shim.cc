// tests/system/crash_shim.cc - kills a program at its Nth call that others can notice, for crash_points.py,
// or lets its Nth call of a name fail, for faults.py.
//
// Loaded with LD_PRELOAD.  CRASH_PLAN names a file of the shape of Plan, shared by all processes of an
// instance. Counted are, for a kill, changes of files and what is said over stream sockets: in between, a
// crash leaves no trace.
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace {

struct Plan {
    char program[24];            // whom to kill; empty: nobody
    std::atomic<int> countdown;  // calls left; 0: nobody any more
    int after;                   // 1: once the call is done, 0: instead of it
    char victim[32];             // the call that was cut off, for messages
    char call[24];               // the only one that counts; empty: see above
    int error;                   // what it fails with; 0: a kill
    int times;                   // so many calls in a row fail
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

// Whether this call is cut off; `by_name`: it has no part in kills.
bool its_turn(const char* call, bool by_name) {
    if (plan == nullptr || plan->countdown.load() <= 0) return false;
    if (std::strcmp(plan->program, program_invocation_short_name) != 0) return false;
    if (plan->call[0] != '\0' ? std::strcmp(plan->call, call) != 0 : by_name) return false;
    const int left = plan->countdown.fetch_sub(1);
    if (left <= 0 || left > (plan->error != 0 ? plan->times : 1)) return false;
    std::snprintf(plan->victim, sizeof plan->victim, "%s", call);
    return true;
}

void die() {
    ::kill(::getpid(), SIGKILL);
    for (;;) ::pause();
}

// A file or a stream: log lines (datagrams) and wake-ups do not count.
bool counts(int fd) {
    const int before = errno;
    struct stat status {};
    if (::fstat(fd, &status) != 0) return false;
    if (S_ISREG(status.st_mode)) return true;
    int type = 0;
    socklen_t size = sizeof type;
    const bool stream = S_ISSOCK(status.st_mode) &&
                        ::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_STREAM;
    errno = before;
    return stream;
}

// `failure`: what the call returns when it fails.
template <typename Function, typename Result, typename... Arguments>
Result call_or(bool by_name, Result failure, const char* name, Arguments... arguments) {
    const auto real = reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
    const bool cut = its_turn(name, by_name);
    if (cut && plan->error != 0) {
        errno = plan->error;
        return failure;
    }
    if (cut && plan->after == 0) die();
    const Result result = real(arguments...);
    if (cut) die();
    return result;
}

template <typename Function, typename... Arguments>
auto call(const char* name, Arguments... arguments) {
    using Result = decltype(std::declval<Function>()(arguments...));
    return call_or<Function>(false, static_cast<Result>(-1), name, arguments...);
}

template <typename Function, typename... Arguments>
auto call_with_fd(const char* name, int fd, Arguments... arguments) {
    if (counts(fd)) return call<Function>(name, fd, arguments...);
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name))(fd, arguments...);
}

// Calls that only fail.
template <typename Function, typename... Arguments>
auto may_fail(const char* name, Arguments... arguments) {
    using Result = decltype(std::declval<Function>()(arguments...));
    return call_or<Function>(true, static_cast<Result>(-1), name, arguments...);
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

int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return may_fail<int (*)(const char*, int, mode_t)>("open", path, flags, mode);
}
int openat(int directory, const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return may_fail<int (*)(int, const char*, int, mode_t)>("openat", directory, path, flags, mode);
}
int __open_2(const char* path, int flags) {
    return may_fail<int (*)(const char*, int)>("__open_2", path, flags);
}
int renameat(int from_directory, const char* from, int to_directory, const char* to) noexcept {
    return may_fail<int (*)(int, const char*, int, const char*)>("renameat", from_directory, from,
                                                                 to_directory, to);
}
int unlinkat(int directory, const char* path, int flags) noexcept {
    return may_fail<int (*)(int, const char*, int)>("unlinkat", directory, path, flags);
}
int mkdir(const char* path, mode_t mode) noexcept {
    return may_fail<int (*)(const char*, mode_t)>("mkdir", path, mode);
}
int stat(const char* path, struct stat* status) noexcept {
    return may_fail<int (*)(const char*, struct stat*)>("stat", path, status);
}
int lstat(const char* path, struct stat* status) noexcept {
    return may_fail<int (*)(const char*, struct stat*)>("lstat", path, status);
}
int fchown(int fd, uid_t user, gid_t group) noexcept {
    return may_fail<int (*)(int, uid_t, gid_t)>("fchown", fd, user, group);
}
int utimensat(int directory, const char* path, const struct timespec times[2], int flags) noexcept {
    return may_fail<int (*)(int, const char*, const struct timespec*, int)>("utimensat", directory, path,
                                                                            times, flags);
}
int flock(int fd, int operation) noexcept {
    return may_fail<int (*)(int, int)>("flock", fd, operation);
}
DIR* opendir(const char* path) {
    return call_or<DIR* (*)(const char*)>(true, static_cast<DIR*>(nullptr), "opendir", path);
}
ssize_t read(int fd, void* data, size_t size) {
    return may_fail<ssize_t (*)(int, void*, size_t)>("read", fd, data, size);
}
ssize_t pread(int fd, void* data, size_t size, off_t at) {
    return may_fail<ssize_t (*)(int, void*, size_t, off_t)>("pread", fd, data, size, at);
}
ssize_t recv(int fd, void* data, size_t size, int flags) {
    return may_fail<ssize_t (*)(int, void*, size_t, int)>("recv", fd, data, size, flags);
}
ssize_t recvmsg(int fd, msghdr* message, int flags) {
    return may_fail<ssize_t (*)(int, msghdr*, int)>("recvmsg", fd, message, flags);
}
int socket(int domain, int type, int protocol) noexcept {
    return may_fail<int (*)(int, int, int)>("socket", domain, type, protocol);
}
int socketpair(int domain, int type, int protocol, int ends[2]) noexcept {
    return may_fail<int (*)(int, int, int, int*)>("socketpair", domain, type, protocol, ends);
}
int connect(int fd, const sockaddr* address, socklen_t size) {
    return may_fail<int (*)(int, const sockaddr*, socklen_t)>("connect", fd, address, size);
}
int accept4(int fd, sockaddr* address, socklen_t* size, int flags) {
    return may_fail<int (*)(int, sockaddr*, socklen_t*, int)>("accept4", fd, address, size, flags);
}
int pipe2(int ends[2], int flags) noexcept {
    return may_fail<int (*)(int*, int)>("pipe2", ends, flags);
}
int eventfd(unsigned start, int flags) noexcept {
    return may_fail<int (*)(unsigned, int)>("eventfd", start, flags);
}
int epoll_create1(int flags) noexcept {
    return may_fail<int (*)(int)>("epoll_create1", flags);
}
int epoll_ctl(int set, int operation, int fd, epoll_event* event) noexcept {
    return may_fail<int (*)(int, int, int, epoll_event*)>("epoll_ctl", set, operation, fd, event);
}
int epoll_wait(int set, epoll_event* events, int most, int limit) {
    return may_fail<int (*)(int, epoll_event*, int, int)>("epoll_wait", set, events, most, limit);
}
int inotify_init1(int flags) noexcept {
    return may_fail<int (*)(int)>("inotify_init1", flags);
}
ssize_t getrandom(void* data, size_t size, unsigned flags) {
    return may_fail<ssize_t (*)(void*, size_t, unsigned)>("getrandom", data, size, flags);
}
pid_t fork() noexcept {
    return may_fail<pid_t (*)()>("fork");
}
int dup(int fd) noexcept {
    return may_fail<int (*)(int)>("dup", fd);
}
int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*start)(void*),
                   void* argument) noexcept {
    using Function = int (*)(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
    return call_or<Function>(true, EAGAIN, "pthread_create", thread, attributes, start, argument);
}
}
