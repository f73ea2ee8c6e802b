package main

import (
	"os"
	"time"
)

const (
	// steady: an engine that lived so long starts again at once, others after a pause that doubles.
	steady     = 10 * time.Second
	shortPause = time.Second
	longPause  = 16 * time.Second
)

// keepEngine keeps an engine running while somebody uses one, and starts it
// again when it ends by itself. Its state is the last line of engine.states:
// starting, ready, asleep or stopped; engine.ready exists while it answers.
// With idle 0 it is never put to sleep.
func keepEngine(g *gate, idle time.Duration) {
	pause := shortPause
	for {
		os.Remove(file("engine.ready"))
		say("starting")
		begun := time.Now()
		e, err := startEngine()
		if err == nil && tend(e, g, idle) {
			pause = shortPause
			<-g.wanted
			continue
		}
		say("stopped")
		// An engine that keeps dying must not take the machine's time.
		if time.Since(begun) >= steady {
			pause = shortPause
		}
		time.Sleep(pause)
		pause = min(2*pause, longPause)
	}
}

// tend looks after one engine until it has ended, and says whether it was put to sleep.
func tend(e *engine, g *gate, idle time.Duration) bool {
	select {
	case <-e.ended:
		return false
	case <-time.After(startWithin):
		e.kill()
		return false
	case <-e.ready:
	}
	os.WriteFile(file("engine.ready"), nil, 0o644)
	say("ready")
	g.open()
	var look <-chan time.Time
	if idle > 0 {
		look = time.After(idle)
	}
	for {
		select {
		case <-e.ended:
			g.close()
			os.Remove(file("engine.ready"))
			return false
		case <-look:
		}
		if left := g.untilUnused(idle); left > 0 {
			look = time.After(left)
		} else if hasRunning() {
			g.inUse()
			look = time.After(idle)
		} else if g.closeIfUnused(idle) {
			os.Remove(file("engine.ready"))
			// Said before it stops: who follows the engine then knows why it is gone.
			say("asleep")
			g.cutWatchers()
			e.stop()
			return true
		} else {
			look = time.After(idle)
		}
	}
}

// say adds a line to the file of states.
func say(state string) {
	states, err := os.OpenFile(file("engine.states"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return
	}
	defer states.Close()
	states.WriteString(state + "\n")
}
