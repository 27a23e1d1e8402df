#pragma once
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>

/* prctl(2) is variadic, which Swift cannot call. Names the calling thread; 15 bytes are kept. */
static inline int lookout_name_thread(const char *name) {
    return prctl(PR_SET_NAME, (unsigned long)name, 0UL, 0UL, 0UL);
}

/* glibc declares these only under _GNU_SOURCE, which Swift's importer leaves out. */
int memfd_create(const char *name, unsigned int flags);
int pipe2(int ends[2], int flags);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int from);

/* MFD_CLOEXEC of linux/memfd.h. */
static const unsigned int lookout_memfd_close_on_exec = 1U;
