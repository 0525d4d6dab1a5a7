// lib/ipc/fd_transport.cc - descriptors along with bytes.
#include "lib/ipc/fd_transport.h"

#include <fcntl.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace postrider::ipc {

namespace {

constexpr std::size_t most_descriptors = 60;
// A peer that sends more than anybody asked for cannot use ours up.
constexpr std::size_t most_received = 4 * most_descriptors;

int want_or_failed(int want) {
    return errno == EAGAIN || errno == EWOULDBLOCK ? want : async::Transport::failed;
}

}  // namespace

bool FdTransport::send(const std::vector<int>& descriptors) {
    if (sending_.size() + descriptors.size() > most_descriptors) return false;
    for (const int descriptor : descriptors) {
        Fd copy(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
        if (!copy) return false;
        sending_.push_back(std::move(copy));
    }
    return true;
}

int FdTransport::read(void* data, std::size_t size) {
    alignas(cmsghdr) char control[CMSG_SPACE(most_descriptors * sizeof(int))];
    iovec bytes{data, size};
    msghdr message{};
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    ssize_t n = -1;
    do n = ::recvmsg(socket_, &message, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    if (n < 0) return want_or_failed(want_read);
    for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int descriptor = -1;
            std::memcpy(&descriptor, CMSG_DATA(header) + i * sizeof(int), sizeof descriptor);
            Fd owned(descriptor);
            if (received_.size() < most_received) received_.push_back(std::move(owned));
        }
    }
    return static_cast<int>(n);
}

int FdTransport::write(const void* data, std::size_t size) {
    alignas(cmsghdr) char control[CMSG_SPACE(most_descriptors * sizeof(int))] = {};
    iovec bytes{const_cast<void*>(data), size};
    msghdr message{};
    message.msg_iov = &bytes;
    message.msg_iovlen = 1;
    if (!sending_.empty()) {
        message.msg_control = control;
        message.msg_controllen = CMSG_SPACE(sending_.size() * sizeof(int));
        cmsghdr* header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sending_.size() * sizeof(int));
        for (std::size_t i = 0; i < sending_.size(); ++i) {
            const int descriptor = sending_[i].get();
            std::memcpy(CMSG_DATA(header) + i * sizeof(int), &descriptor, sizeof descriptor);
        }
    }
    ssize_t n = -1;
    do n = ::sendmsg(socket_, &message, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    if (n < 0) return want_or_failed(want_write);
    if (n > 0) sending_.clear();
    return static_cast<int>(n);
}

FdTransport& fd_transport(async::Stream& stream) {
    if (stream.transport() == nullptr) stream.set_transport(std::make_unique<FdTransport>(stream.fd()));
    return static_cast<FdTransport&>(*stream.transport());
}

}  // namespace postrider::ipc
