package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"
)

const (
	// startWithin and stopWithin bound what an engine may take for it; then it is killed.
	startWithin = time.Minute
	stopWithin  = 10 * time.Second
)

// engine is one run of the engine, with all it consists of.
type engine struct {
	cmd   *exec.Cmd
	ready <-chan struct{} // gives something when the engine serves its socket
	ended chan struct{}   // closed when nothing of it is left
}

// startEngine starts one, after what an earlier one may have left is removed.
func startEngine() (*engine, error) {
	left := []string{file("engine.sock"), file("rootlesskit"), filepath.Join(runtimeDir, "docker.pid"), filepath.Join(runtimeDir, "docker")}
	for _, path := range left {
		os.RemoveAll(path)
	}
	notify, err := net.ListenUnixgram("unixgram", &net.UnixAddr{Name: removed(file("notify.sock")), Net: "unixgram"})
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(filepath.Join(lib, "nested"), filepath.Join(lib, "engine-inside"))
	log := openLog(file("engine.log"))
	cmd.Stdout, cmd.Stderr = log, log
	// What an engine left running keeps its output open; it is not waited for.
	cmd.WaitDelay = time.Second
	// An engine does not outlive its door: the next door could not tell whether it is used.
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	ready := make(chan struct{}, 1)
	go awaitReady(notify, ready)
	e := &engine{cmd: cmd, ready: ready, ended: make(chan struct{})}
	started := make(chan error)
	go func() {
		// The signal is sent when the thread that started the engine ends.
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			cmd.Wait()
		}
		notify.Close()
		log.Close()
		close(e.ended)
	}()
	return e, <-started
}

// awaitReady hears the engine say that it serves: see sd_notify(3).
func awaitReady(notify *net.UnixConn, ready chan<- struct{}) {
	said := make([]byte, 4096)
	for {
		n, err := notify.Read(said)
		if err != nil {
			return
		}
		for line := range strings.Lines(string(said[:n])) {
			if strings.TrimSpace(line) == "READY=1" {
				ready <- struct{}{}
				return
			}
		}
	}
}

// stop ends the engine, in order if it can.
func (e *engine) stop() {
	e.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-e.ended:
	case <-time.After(stopWithin):
		e.kill()
	}
}

func (e *engine) kill() {
	e.cmd.Process.Kill()
	<-e.ended
}

// removed gives the path, with nothing there.
func removed(path string) string {
	os.Remove(path)
	return path
}
