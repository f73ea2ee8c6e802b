package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"
)

const (
	// wakeWithin bounds the wait for an engine.
	wakeWithin = 30 * time.Second
	// quiet: an engine that starts in this time is waited for without a word.
	quiet = 1500 * time.Millisecond
)

// hold wakes the engine and keeps it awake until standard input ends; an empty
// line on standard output says that it answers.
func hold() error {
	conn, err := net.DialUnix("unix", nil, &net.UnixAddr{Name: doorSocket, Net: "unix"})
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := wake(); err != nil {
		return err
	}
	fmt.Println()
	_, err = io.Copy(io.Discard, os.Stdin)
	return err
}

// wake returns once the engine answers, as a docker command would have it.
func wake() error {
	if state() == "asleep" {
		fmt.Fprintln(os.Stderr, "Waking your Docker engine …")
	} else {
		defer time.AfterFunc(quiet, func() {
			fmt.Fprintln(os.Stderr, "Waiting for your Docker engine to start …")
		}).Stop()
	}
	deadline := time.Now().Add(wakeWithin)
	for {
		conn, err := net.DialUnix("unix", nil, &net.UnixAddr{Name: doorSocket, Net: "unix"})
		if err == nil {
			_, err = get(conn, "/_ping", time.Until(deadline))
			conn.Close()
		}
		if err == nil || time.Now().After(deadline) {
			return err
		}
		time.Sleep(again)
	}
}

// state is the engine's, as it was last said.
func state() string {
	states, err := os.ReadFile(file("engine.states"))
	if err != nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(string(states)), "\n")
	return lines[len(lines)-1]
}
