package main

import (
	"net"
	"path/filepath"
	"syscall"
	"time"
)

// recall bounds the wait for a gateway whose socket's folder cannot be watched.
const recall = time.Second

// keepCalling has one connection waiting at the gateway's socket at all times.
// The gateway attaches to the shell through it, and the next one takes its
// place. It is the holder who calls, so that the folder shared with the
// session can be read-only for whoever is inside.
func (h *holder) keepCalling(socket string) {
	changed := watchFolder(filepath.Dir(socket))
	for {
		conn, err := net.Dial("unix", socket)
		if err != nil {
			select {
			case <-changed:
			case <-time.After(recall):
			}
			continue
		}
		buf := make([]byte, maxPayload)
		if first, err := readFrame(conn, buf); err != nil {
			conn.Close()
			time.Sleep(10 * time.Millisecond)
		} else {
			go h.talk(conn, first, buf)
		}
	}
}

// watchFolder reports, without counting them, changes of what is in a folder.
func watchFolder(folder string) <-chan struct{} {
	changed := make(chan struct{}, 1)
	fd, err := syscall.InotifyInit1(syscall.IN_CLOEXEC)
	if err != nil {
		return changed
	}
	if _, err := syscall.InotifyAddWatch(fd, folder, syscall.IN_CREATE|syscall.IN_ATTRIB|syscall.IN_MOVED_TO); err != nil {
		syscall.Close(fd)
		return changed
	}
	go func() {
		events := make([]byte, 4096)
		for {
			if n, err := syscall.Read(fd, events); n <= 0 && err != syscall.EINTR {
				return
			}
			select {
			case changed <- struct{}{}:
			default:
			}
		}
	}()
	return changed
}
