package main

import (
	"crypto/rand"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"
)

const (
	// stallAfter: a client that has not acknowledged anything for this long
	// while its window is full no longer slows the shell.
	stallAfter = 10 * time.Second
	// silentAfter: a client that has sent nothing for this long is gone.
	silentAfter = 60 * time.Second
	// quickDeath: a shell that lives shorter than this is restarted with a pause.
	quickDeath = time.Second
)

// holder is the state shared by the shell's reader, the clients and the idle timer.
type holder struct {
	mu      sync.Mutex
	changed *sync.Cond // output, acknowledgements, clients or the terminal changed
	epoch   [8]byte
	back    *scrollback
	clients map[*client]struct{}
	term    *terminal
	cols    uint16
	rows    uint16
	input   inputQueue
}

func serve(socket, call string, keep int, idle time.Duration, argv []string) error {
	h := &holder{back: newScrollback(keep), clients: map[*client]struct{}{}, cols: 80, rows: 24}
	h.changed = sync.NewCond(&h.mu)
	h.input.changed = sync.NewCond(&h.mu)
	if _, err := rand.Read(h.epoch[:]); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(socket), 0o700); err != nil {
		return err
	}
	if err := os.Remove(socket); err != nil && !os.IsNotExist(err) {
		return err
	}
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	if err := os.Chmod(socket, 0o600); err != nil {
		return err
	}
	failed := make(chan error, 2)
	go func() { failed <- h.keepShell(argv) }()
	go func() { failed <- h.accept(listener) }()
	go h.writeInput()
	if call != "" {
		go h.keepCalling(call)
	}
	go h.watchStalls()
	return h.untilIdle(idle, failed)
}

func (h *holder) accept(listener net.Listener) error {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return err
		}
		go h.answer(conn)
	}
}

// untilIdle returns when nobody has been attached for idle, or on a failure.
func (h *holder) untilIdle(idle time.Duration, failed <-chan error) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	last := time.Now()
	for {
		select {
		case err := <-failed:
			return err
		case now := <-tick.C:
			h.mu.Lock()
			if len(h.clients) > 0 {
				last = now
			}
			h.mu.Unlock()
			if idle > 0 && now.Sub(last) >= idle {
				return nil
			}
		}
	}
}

// keepShell runs the command, and another when it ends.
func (h *holder) keepShell(argv []string) error {
	for {
		h.mu.Lock()
		cols, rows := h.cols, h.rows
		h.mu.Unlock()
		begun := time.Now()
		term, err := startTerminal(argv, cols, rows)
		if err != nil {
			return err
		}
		h.mu.Lock()
		h.term = term
		if cols != h.cols || rows != h.rows {
			term.resize(h.cols, h.rows)
		}
		h.input.changed.Broadcast()
		h.mu.Unlock()
		ended := make(chan struct{})
		go func() { term.cmd.Wait(); close(ended) }()
		h.readShell(term, ended)
		<-ended
		h.mu.Lock()
		h.term = nil
		h.mu.Unlock()
		term.file.Close()
		h.publish([]byte(fmt.Sprintf("\r\n\x1b[2m[the shell ended (%s); this is a new one]\x1b[0m\r\n", term.cmd.ProcessState)))
		if time.Since(begun) < quickDeath {
			time.Sleep(quickDeath)
		}
	}
}

// readShell publishes the terminal's output until the shell has ended. Jobs it
// left behind may keep the terminal open: they are read for a moment, no longer.
func (h *holder) readShell(term *terminal, ended <-chan struct{}) {
	go func() {
		<-ended
		term.file.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
		h.mu.Lock()
		h.changed.Broadcast()
		h.mu.Unlock()
	}()
	buf := make([]byte, outputWindow)
	for {
		h.waitForRoom(ended)
		n, err := term.file.Read(buf)
		if n > 0 {
			n += term.tryRead(buf[n:])
			h.publish(buf[:n])
		}
		if err != nil {
			return
		}
	}
}

// waitForRoom holds the shell back while every client that keeps up has its
// window full. With nobody attached the shell runs freely.
func (h *holder) waitForRoom(ended <-chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for !h.hasRoom() {
		select {
		case <-ended:
			return
		default:
		}
		h.changed.Wait()
	}
}

func (h *holder) hasRoom() bool {
	held := false
	for c := range h.clients {
		if c.acked+outputWindow > h.back.end {
			return true
		}
		held = held || !c.stalled
	}
	return !held
}

func (h *holder) publish(p []byte) {
	h.mu.Lock()
	h.back.add(p)
	h.changed.Broadcast()
	h.mu.Unlock()
}

// watchStalls marks clients that stand still, so that they stop holding the shell back.
func (h *holder) watchStalls() {
	for range time.Tick(time.Second) {
		h.mu.Lock()
		for c := range h.clients {
			if !c.stalled && c.acked+outputWindow <= h.back.end && time.Since(c.moved) > stallAfter {
				c.stalled = true
				h.changed.Broadcast()
			}
		}
		h.mu.Unlock()
	}
}
