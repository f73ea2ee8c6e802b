// Command holder keeps a reader's shell alive inside the session: it owns the
// pseudo terminal and the last output, so that connections can come and go.
//
//	holder serve [flags] -- COMMAND [ARG ...]   keep COMMAND running on a terminal
//	holder attach [flags]                       join stdin and stdout to it
//
// The protocol between the two, and with the gateway, is in protocol.go.
package main

import (
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

func main() {
	if len(os.Args) < 2 {
		fail("usage: holder serve|attach [flags]")
	}
	flags := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	socket := flags.String("socket", filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "slipway", "holder.sock"), "path of the holder's socket")
	// One processor: what wakes here passes a few bytes on, and waking a second thread takes longer than that.
	runtime.GOMAXPROCS(1)
	switch os.Args[1] {
	case "serve":
		idle := flags.Duration("idle-exit", 30*time.Minute, "end after this long with nobody attached; 0 never")
		keep := flags.Int("keep", 2<<20, "bytes of output kept for replay")
		call := flags.String("call", "", "the gateway's socket, to keep a connection waiting at")
		beside := flags.String("beside", "", "a program to keep running beside the shell")
		flags.Parse(os.Args[2:])
		if flags.NArg() == 0 {
			fail("holder serve: no command")
		}
		if *beside != "" {
			go keepBeside(*beside)
		}
		if err := serve(*socket, *call, *keep, *idle, flags.Args()); err != nil {
			fail("holder serve: " + err.Error())
		}
	case "attach":
		wait := flags.Duration("wait", 10*time.Second, "how long the socket may take to appear")
		flags.Parse(os.Args[2:])
		if err := attach(*socket, *wait); err != nil {
			fail("holder attach: " + err.Error())
		}
	default:
		fail("holder: unknown command " + os.Args[1])
	}
}

func fail(text string) {
	fmt.Fprintln(os.Stderr, text)
	os.Exit(1)
}

// attach joins stdin and stdout to the holder and ends when either side does.
func attach(socket string, wait time.Duration) error {
	conn, err := dial(socket, wait)
	if err != nil {
		return err
	}
	done := make(chan error, 2)
	go func() { _, err := io.Copy(conn, os.Stdin); done <- err }()
	go func() { _, err := io.Copy(os.Stdout, conn); done <- err }()
	return <-done
}

// dial waits for a holder that is still starting.
func dial(socket string, wait time.Duration) (net.Conn, error) {
	deadline := time.Now().Add(wait)
	for {
		conn, err := net.Dial("unix", socket)
		if err == nil || time.Now().After(deadline) {
			return conn, err
		}
		time.Sleep(5 * time.Millisecond)
	}
}
