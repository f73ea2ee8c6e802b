// Command door is what stands between the session's docker commands and its
// engine: it owns the socket they use, keeps the engine running behind it,
// puts an engine that nobody uses to sleep, and wakes it for whoever comes next.
//
//	door         serve, until killed; started again by the holder
//	door wake    return once the engine answers; says on stderr what it waits for
//	door hold    the same, then keep it awake until standard input ends
//
// A second socket, observe.sock, is for who only watches: they do not wake the
// engine, do not keep it awake, and are cut off when it falls asleep.
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strconv"
	"time"
)

// lib is where the session's programs are.
const lib = "/usr/local/lib/slipway"

var (
	runtimeDir    = os.Getenv("XDG_RUNTIME_DIR")
	doorSocket    = filepath.Join(runtimeDir, "docker.sock")
	observeSocket = file("observe.sock")
)

// file is the path of one of the session's own files.
func file(name string) string { return filepath.Join(runtimeDir, "slipway", name) }

func main() {
	// It passes bytes on and keeps next to nothing: a small heap, collected often.
	debug.SetGCPercent(20)
	runtime.GOMAXPROCS(min(2, runtime.NumCPU()))
	err := errors.New("usage: door [wake|hold]")
	switch {
	case len(os.Args) == 1:
		err = serve()
	case len(os.Args) == 2 && os.Args[1] == "wake":
		err = wake()
	case len(os.Args) == 2 && os.Args[1] == "hold":
		err = hold()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "door:", err)
		os.Exit(1)
	}
}

// serve lets connections in and keeps the engine behind them.
func serve() error {
	seconds, err := strconv.Atoi(os.Getenv("SLIPWAY_ENGINE_IDLE"))
	if err != nil || seconds < 0 {
		seconds = 0
	}
	users, err := listen(doorSocket)
	if err != nil {
		return err
	}
	observers, err := listen(observeSocket)
	if err != nil {
		return err
	}
	g := newGate()
	go keepEngine(g, time.Duration(seconds)*time.Second)
	failed := make(chan error, 2)
	go func() { failed <- accept(users, g.letIn) }()
	go func() { failed <- accept(observers, g.letWatch) }()
	return <-failed
}

func accept(listener *net.UnixListener, serve func(*net.UnixConn)) error {
	for {
		conn, err := listener.AcceptUnix()
		if err != nil {
			return err
		}
		go serve(conn)
	}
}

// listen makes a socket of the reader's alone, in the place of one that is there.
func listen(path string) (*net.UnixListener, error) {
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	listener, err := net.ListenUnix("unix", &net.UnixAddr{Name: path, Net: "unix"})
	if err != nil {
		return nil, err
	}
	return listener, os.Chmod(path, 0o600)
}
