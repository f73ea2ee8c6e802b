package main

import (
	"net"
	"sync"
	"time"
)

// gate counts those who use the engine, and holds them while it does not answer.
// Who only watches is not counted, and cut off when it closes.
type gate struct {
	mu       sync.Mutex
	users    int
	used     time.Time     // when the engine was last seen in use
	opened   chan struct{} // closed while the engine answers
	isOpen   bool
	wanted   chan struct{} // somebody came while the gate was closed
	watchers map[*net.UnixConn]struct{}
}

func newGate() *gate {
	return &gate{
		used:     time.Now(),
		opened:   make(chan struct{}),
		wanted:   make(chan struct{}, 1),
		watchers: map[*net.UnixConn]struct{}{},
	}
}

// enter counts somebody in, and returns what is closed once the engine
// answers. From then on it is not put to sleep until they leave.
func (g *gate) enter() <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.users++
	if !g.isOpen {
		select {
		case g.wanted <- struct{}{}:
		default:
		}
	}
	return g.opened
}

// isOpened is closed once the engine answers, again.
func (g *gate) isOpened() <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.opened
}

func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.users--
	g.used = time.Now()
}

// admit takes in a watcher's connection to the engine, unless the gate is closed.
func (g *gate) admit(watcher *net.UnixConn) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.isOpen {
		g.watchers[watcher] = struct{}{}
	}
	return g.isOpen
}

func (g *gate) dismiss(watcher *net.UnixConn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.watchers, watcher)
}

// open lets in who waits and who comes.
func (g *gate) open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.isOpen, g.used = true, time.Now()
	close(g.opened)
}

// close holds who comes from now on.
func (g *gate) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.shut()
}

// closeIfUnused closes the gate when nobody has used the engine for that long.
// Whoever comes later finds it closed, and is served by the next engine.
func (g *gate) closeIfUnused(idle time.Duration) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.left(idle) > 0 {
		return false
	}
	g.shut()
	return true
}

// untilUnused is how much longer, at least, the engine stays in use.
func (g *gate) untilUnused(idle time.Duration) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.left(idle)
}

// inUse says that the engine is used by what is not counted.
func (g *gate) inUse() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.used = time.Now()
}

func (g *gate) left(idle time.Duration) time.Duration {
	if g.users > 0 {
		return idle
	}
	return idle - time.Since(g.used)
}

func (g *gate) shut() {
	g.isOpen, g.opened = false, make(chan struct{})
	select {
	case <-g.wanted:
	default:
	}
}

// cutWatchers ends their connections: an engine that stops waits for those that are open.
func (g *gate) cutWatchers() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for watcher := range g.watchers {
		watcher.Close()
	}
}
