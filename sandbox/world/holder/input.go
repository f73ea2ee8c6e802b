package main

import (
	"bytes"
	"time"
)

// typed is input of one client that waits for the terminal to take it.
type typed struct {
	from  *client
	bytes []byte
}

// inputQueue is guarded by holder.mu; every client's part is bounded by inputWindow.
type inputQueue struct {
	changed interface {
		Wait()
		Broadcast()
	}
	waiting []typed
	writing bool
}

// queueInput adds input. An interrupt does not wait behind input that the
// foreground job is not reading: what the line discipline drops when it sees
// one is dropped here and there before it is sent.
func (h *holder) queueInput(c *client, p []byte) {
	if h.term != nil {
		if char, on := h.term.interrupt(); on {
			if i := bytes.LastIndexByte(p, char); i >= 0 {
				h.dropWaiting()
				h.term.flushInput()
				h.count(c, i)
				p = p[i:]
			}
		}
	}
	if h.term != nil && !h.input.writing && len(h.input.waiting) == 0 {
		n := h.term.tryWrite(p)
		h.count(c, n)
		p = p[n:]
	}
	if len(p) > 0 {
		h.input.waiting = append(h.input.waiting, typed{c, bytes.Clone(p)})
		h.input.changed.Broadcast()
	}
}

func (h *holder) dropWaiting() {
	for _, t := range h.input.waiting {
		h.count(t.from, len(t.bytes))
	}
	h.input.waiting = nil
	if h.input.writing {
		h.term.file.SetWriteDeadline(time.Now())
	}
}

// count tells a client that the terminal has taken, or dropped, n bytes of its input.
func (h *holder) count(c *client, n int) {
	c.pending -= n
	c.taken += uint64(n)
	h.changed.Broadcast()
}

// writeInput types what is queued, in order, as fast as the terminal takes it.
func (h *holder) writeInput() {
	for {
		h.mu.Lock()
		for h.term == nil || len(h.input.waiting) == 0 {
			h.input.changed.Wait()
		}
		term, t := h.term, h.input.waiting[0]
		h.input.waiting = h.input.waiting[1:]
		h.input.writing = true
		term.file.SetWriteDeadline(time.Time{})
		h.mu.Unlock()
		term.file.Write(t.bytes)
		h.mu.Lock()
		h.input.writing = false
		h.count(t.from, len(t.bytes))
		h.mu.Unlock()
	}
}
