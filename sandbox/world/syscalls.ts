/** The system calls a session may make whatever their arguments, by what they are for; seccomp.ts makes the filter. */
const words = (text: string): string[] => text.trim().split(/\s+/);

export const calls: readonly string[] = [
  // Files and directories; what may be asked of fcntl is in fcntl.ts.
  ...words(`
    access chdir chmod chown close close_range copy_file_range creat dup dup2 dup3 faccessat faccessat2 fadvise64
    fallocate fchdir fchmod fchmodat fchmodat2 fchown fchownat fdatasync fgetxattr flistxattr flock
    fremovexattr fsetxattr fstat fstatfs fsync ftruncate futimesat getcwd getdents getdents64 getxattr getxattrat
    ioctl lchown lgetxattr link linkat listxattr listxattrat llistxattr lremovexattr lseek lsetxattr lstat mkdir
    mkdirat mknod mknodat name_to_handle_at newfstatat open openat openat2 readlink readlinkat removexattr
    removexattrat rename renameat renameat2 rmdir setxattr setxattrat stat statfs statx symlink symlinkat sync
    sync_file_range syncfs truncate umask unlink unlinkat utime utimensat utimes
  `),
  // Reading and writing.
  ...words(`
    io_cancel io_destroy io_getevents io_pgetevents io_setup io_submit pipe pipe2 pread64 preadv preadv2 pwrite64
    pwritev pwritev2 read readahead readv sendfile splice tee vmsplice write writev
  `),
  // Waiting and watching.
  ...words(`
    epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2 inotify_add_watch
    inotify_init inotify_init1 inotify_rm_watch poll ppoll pselect6 select signalfd signalfd4
  `),
  // Memory.
  ...words(`
    brk cachestat madvise map_shadow_stack membarrier memfd_create memfd_secret mincore mlock mlock2 mlockall mmap
    mprotect mremap mseal msync munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect remap_file_pages
  `),
  // Processes and threads.
  ...words(`
    capget capset clone clone3 execve execveat exit exit_group fork futex futex_requeue futex_wait futex_waitv
    futex_wake get_robust_list getcpu getpgid getpgrp getpid getppid getpriority getrlimit getrusage getsid gettid
    ioprio_get ioprio_set kill landlock_add_rule landlock_create_ruleset landlock_restrict_self pidfd_open
    pidfd_send_signal prctl prlimit64 process_mrelease process_vm_readv process_vm_writev ptrace restart_syscall
    rseq sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getattr sched_getparam
    sched_getscheduler sched_rr_get_interval sched_setaffinity sched_setattr sched_setparam sched_setscheduler
    sched_yield seccomp set_robust_list set_tid_address setpgid setpriority setrlimit setsid tgkill tkill
    uretprobe vfork wait4 waitid
  `),
  // Signals.
  ...words(`
    pause rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn rt_sigsuspend rt_sigtimedwait
    rt_tgsigqueueinfo sigaltstack
  `),
  // Users and groups.
  ...words(`
    getegid geteuid getgid getgroups getresgid getresuid getuid setfsgid setfsuid setgid setgroups setregid
    setresgid setresuid setreuid setuid
  `),
  // Time, read only.
  ...words(`
    alarm clock_getres clock_gettime clock_nanosleep getitimer gettimeofday nanosleep setitimer time timer_create
    timer_delete timer_getoverrun timer_gettime timer_settime timerfd_create timerfd_gettime timerfd_settime times
  `),
  // Sockets; which families may be opened is in seccomp.ts.
  ...words(`
    accept accept4 bind connect getpeername getsockname getsockopt listen recvfrom recvmmsg recvmsg sendmmsg
    sendmsg sendto setsockopt shutdown
  `),
  // Messages, semaphores, shared memory.
  ...words(`
    mq_getsetattr mq_notify mq_open mq_timedreceive mq_timedsend mq_unlink msgctl msgget msgrcv msgsnd semctl
    semget semop semtimedop shmat shmctl shmdt shmget
  `),
  // The system, read only.
  ...words(`
    getrandom sysinfo uname
  `),
  // Namespaces and mounts, which Docker's default keeps for CAP_SYS_ADMIN: the nested engine's.
  ...words(`
    chroot fsconfig fsmount fsopen fspick listmount mount mount_setattr move_mount open_tree open_tree_attr
    pivot_root setdomainname sethostname setns statmount umount2 unshare
  `),
];
