// lib/tables/types/lmdb_environment.cc - an open LMDB file.
#include "lib/tables/types/lmdb_environment.h"

#include <fmt/core.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace postrider::tables {

namespace {

constexpr std::size_t largest_file = std::size_t{1} << 40;

bool copy_bytes(int from, int to) {
    char chunk[65536];
    off_t at = 0;
    for (;;) {
        const ssize_t got = ::pread(from, chunk, sizeof chunk, at);
        if (got <= 0) return got == 0;
        if (::pwrite(to, chunk, static_cast<std::size_t>(got), at) != got) return false;
        at += got;
    }
}

}  // namespace

LmdbEnvironment::~LmdbEnvironment() {
    close();
}

void LmdbEnvironment::close() {
    if (env_ != nullptr) mdb_env_close(std::exchange(env_, nullptr));
}

int LmdbEnvironment::open(const std::string& path, unsigned flags, std::size_t map_bytes) {
    if (const int code = open_file(path, flags, map_bytes); code != 0) return code;
    const std::size_t size = needed_size();
    if (size == 0) return 0;
    if (size > largest_file) return MDB_CORRUPTED;
    if ((flags & MDB_RDONLY) != 0) return open_copy(flags, map_bytes, size);
    int fd = -1;
    mdb_env_get_fd(env_, &fd);
    return ::ftruncate(fd, static_cast<off_t>(size)) == 0 ? 0 : errno;
}

int LmdbEnvironment::open_file(const std::string& path, unsigned flags, std::size_t map_bytes) {
    int code = mdb_env_create(&env_);
    if (code == 0) code = mdb_env_set_assert(env_, [](MDB_env*, const char*) { throw BrokenPage(); });
    if (code == 0 && map_bytes > 0) code = mdb_env_set_mapsize(env_, map_bytes);
    if (code == 0) code = mdb_env_open(env_, path.c_str(), flags | MDB_NOSUBDIR | MDB_NOLOCK, 0600);
    return code;
}

std::size_t LmdbEnvironment::needed_size() const {
    int fd = -1;
    struct stat file {};
    MDB_envinfo info{};
    MDB_stat pages{};
    if (mdb_env_get_fd(env_, &fd) != 0 || ::fstat(fd, &file) != 0 || mdb_env_info(env_, &info) != 0 ||
        mdb_env_stat(env_, &pages) != 0)
        return 0;
    const std::size_t last = info.me_last_pgno;
    if (last > largest_file / pages.ms_psize) return largest_file + 1;
    const std::size_t needed = (last + 1) * pages.ms_psize;
    return static_cast<std::size_t>(file.st_size) < needed ? needed : 0;
}

int LmdbEnvironment::open_copy(unsigned flags, std::size_t map_bytes, std::size_t size) {
    int fd = -1;
    mdb_env_get_fd(env_, &fd);
    copy_.reset(::memfd_create("lmdb", MFD_CLOEXEC));
    const bool copied =
        copy_ && copy_bytes(fd, copy_.get()) && ::ftruncate(copy_.get(), static_cast<off_t>(size)) == 0;
    close();
    if (!copied) return MDB_CORRUPTED;
    return open_file(fmt::format("/proc/self/fd/{}", copy_.get()), flags, map_bytes);
}

}  // namespace postrider::tables
