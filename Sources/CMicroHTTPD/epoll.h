#pragma once
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// Linux calls that Swift's Glibc module leaves out.

// A new epoll, closed on exec.
static inline int epoll_make(void) { return epoll_create1(EPOLL_CLOEXEC); }

static inline int epoll_watch(int epoll, int descriptor) {
  struct epoll_event event = {.events = EPOLLIN, .data = {.fd = descriptor}};
  return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
}

static inline int epoll_forget(int epoll, int descriptor) {
  return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL);
}

// Waits and writes the readable descriptors, at most 64, into `ready`; says how many, or -1.
static inline int epoll_readable(int epoll, int *ready, int capacity, int milliseconds) {
  struct epoll_event events[64];
  int count = epoll_wait(epoll, events, capacity < 64 ? capacity : 64, milliseconds);
  for (int i = 0; i < count; i++) ready[i] = events[i].data.fd;
  return count;
}

// Accepts without blocking, into a socket that does not block and is closed on exec.
static inline int accept_at_once(int listening, struct sockaddr *address, socklen_t *length) {
  return (int)syscall(SYS_accept4, listening, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}
