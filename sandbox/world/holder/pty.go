package main

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"unsafe"
)

// terminal is the master side of a pseudo terminal with a shell on the other.
// The file is never switched to blocking mode, so its deadlines work.
type terminal struct {
	file  *os.File
	slave string // path of the shell's side
	cmd   *exec.Cmd
}

// tcflsh is TCFLSH of asm-generic/ioctls.h, which package syscall lacks.
const tcflsh = 0x540B

type winsize struct{ rows, cols, x, y uint16 }

// startTerminal runs argv as the leader of a new session on a new terminal.
func startTerminal(argv []string, cols, rows uint16) (*terminal, error) {
	master, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	t := &terminal{file: master}
	var number, unlock uint32
	if err := t.ioctl(syscall.TIOCGPTN, unsafe.Pointer(&number)); err != nil {
		master.Close()
		return nil, err
	}
	if err := t.ioctl(syscall.TIOCSPTLCK, unsafe.Pointer(&unlock)); err != nil {
		master.Close()
		return nil, err
	}
	t.slave = fmt.Sprintf("/dev/pts/%d", number)
	slave, err := os.OpenFile(t.slave, os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		master.Close()
		return nil, err
	}
	defer slave.Close()
	t.resize(cols, rows)
	t.cmd = exec.Command(argv[0], argv[1:]...)
	t.cmd.Stdin, t.cmd.Stdout, t.cmd.Stderr = slave, slave, slave
	t.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := t.cmd.Start(); err != nil {
		master.Close()
		return nil, err
	}
	return t, nil
}

func (t *terminal) resize(cols, rows uint16) error {
	return t.ioctl(syscall.TIOCSWINSZ, unsafe.Pointer(&winsize{rows: rows, cols: cols}))
}

// tryWrite writes what the terminal takes at once and returns how much that was.
func (t *terminal) tryWrite(p []byte) int {
	raw, err := t.file.SyscallConn()
	if err != nil {
		return 0
	}
	n := 0
	raw.Write(func(fd uintptr) bool {
		n, _ = syscall.Write(int(fd), p)
		return true
	})
	return max(n, 0)
}

// tryRead fills p with what more there is at once: a terminal gives at most
// 4 KiB a read, and fewer, larger frames cost everybody less.
func (t *terminal) tryRead(p []byte) int {
	raw, err := t.file.SyscallConn()
	if err != nil {
		return 0
	}
	filled := 0
	raw.Read(func(fd uintptr) bool {
		for filled < len(p) {
			n, err := syscall.Read(int(fd), p[filled:])
			if n <= 0 || err != nil {
				break
			}
			filled += n
		}
		return true
	})
	return filled
}

// interrupt is the character that interrupts the foreground job and drops
// unread input, if the terminal treats one so at the moment.
func (t *terminal) interrupt() (byte, bool) {
	var mode syscall.Termios
	if err := t.ioctl(syscall.TCGETS, unsafe.Pointer(&mode)); err != nil || mode.Lflag&(syscall.ISIG|syscall.NOFLSH) != syscall.ISIG {
		return 0, false
	}
	return mode.Cc[syscall.VINTR], true
}

// flushInput drops what the shell's side has not read. A full input queue
// would keep an interrupt from being seen at all.
func (t *terminal) flushInput() {
	fd, err := syscall.Open(t.slave, syscall.O_RDWR|syscall.O_NOCTTY|syscall.O_NONBLOCK|syscall.O_CLOEXEC, 0)
	if err != nil {
		return
	}
	syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), tcflsh, syscall.TCIFLUSH)
	syscall.Close(fd)
}

func (t *terminal) ioctl(request uintptr, arg unsafe.Pointer) error {
	raw, err := t.file.SyscallConn()
	if err != nil {
		return err
	}
	var errno syscall.Errno
	err = raw.Control(func(fd uintptr) {
		_, _, errno = syscall.Syscall(syscall.SYS_IOCTL, fd, request, uintptr(arg))
	})
	if err != nil {
		return err
	}
	if errno != 0 {
		return errno
	}
	return nil
}
