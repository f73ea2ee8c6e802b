package main

import (
	"encoding/binary"
	"net"
	"time"
)

// client is one attached connection. Its fields are guarded by holder.mu.
type client struct {
	conn     net.Conn
	sent     uint64 // offset of the next byte to send
	replay   uint64 // what comes before this offset was printed before the client came
	acked    uint64 // every byte before it has been parsed
	moved    time.Time
	stalled  bool
	gone     bool
	pending  int    // input received and not yet taken by the terminal
	taken    uint64 // input taken since attach
	reported uint64
	pongs    int
}

// answer serves a connection that was made to the holder's socket.
func (h *holder) answer(conn net.Conn) {
	buf := make([]byte, maxPayload)
	first, err := h.next(conn, buf)
	if err != nil {
		conn.Close()
		return
	}
	h.talk(conn, first, buf)
}

// talk serves one connection, whose first frame has been read into buf, until
// it ends or breaks the protocol.
func (h *holder) talk(conn net.Conn, first frame, buf []byte) {
	defer conn.Close()
	if first.kind != frameAttach || len(first.payload) != 21 {
		return
	}
	c := h.join(conn, first.payload)
	go h.sendTo(c)
	for {
		f, err := h.next(conn, buf)
		if err != nil || h.handle(c, f) != nil {
			break
		}
	}
	h.mu.Lock()
	c.gone = true
	delete(h.clients, c)
	h.changed.Broadcast()
	h.mu.Unlock()
}

func (h *holder) next(conn net.Conn, buf []byte) (frame, error) {
	conn.SetReadDeadline(time.Now().Add(silentAfter))
	return readFrame(conn, buf)
}

// join registers a client and tells it where output begins: at the offset it
// asked for where that is still kept and of this epoch, else at the oldest line.
func (h *holder) join(conn net.Conn, p []byte) *client {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.setSize(binary.BigEndian.Uint16(p), binary.BigEndian.Uint16(p[2:]))
	from := h.back.oldestLine()
	asked := binary.BigEndian.Uint64(p[13:])
	if p[4] == 1 && [8]byte(p[5:13]) == h.epoch && asked >= h.back.start && asked <= h.back.end {
		from = asked
	}
	c := &client{conn: conn, sent: from, replay: h.back.end, acked: from, moved: time.Now()}
	hello := appendNumbers(frameAttached, h.epoch[:], from, h.back.end)
	if _, err := conn.Write(hello); err == nil {
		h.clients[c] = struct{}{}
		h.changed.Broadcast()
	}
	return c
}

func (h *holder) handle(c *client, f frame) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch {
	case f.kind == frameInput:
		if c.pending += len(f.payload); c.pending > inputWindow {
			return errProtocol
		}
		h.queueInput(c, f.payload)
	case f.kind == frameResize && len(f.payload) == 4:
		h.setSize(binary.BigEndian.Uint16(f.payload), binary.BigEndian.Uint16(f.payload[2:]))
	case f.kind == frameAck && len(f.payload) == 8:
		offset := binary.BigEndian.Uint64(f.payload)
		if offset > c.sent {
			return errProtocol
		}
		if offset > c.acked {
			c.acked, c.moved, c.stalled = offset, time.Now(), false
			h.changed.Broadcast()
		}
	case f.kind == framePing && len(f.payload) == 0:
		c.pongs++
		h.changed.Broadcast()
	default:
		return errProtocol
	}
	return nil
}

// setSize gives the terminal the size that was asked for last, whoever asked.
func (h *holder) setSize(cols, rows uint16) {
	if cols == 0 || rows == 0 || (cols == h.cols && rows == h.rows) {
		return
	}
	h.cols, h.rows = cols, rows
	if h.term != nil {
		h.term.resize(cols, rows)
	}
}

// sendTo writes to a client what it may have, in order, until it is gone.
func (h *holder) sendTo(c *client) {
	defer c.conn.Close()
	out := make([]byte, headerSize+8+outputChunk)
	for {
		p := h.nextFor(c, out)
		if p == nil {
			return
		}
		if _, err := c.conn.Write(p); err != nil {
			return
		}
	}
}

// room is how many bytes more may be under way to the client.
func (c *client) room() uint64 {
	window := uint64(outputWindow)
	if c.sent < c.replay {
		window = replayWindow
	}
	if c.sent >= c.acked+window {
		return 0
	}
	return c.acked + window - c.sent
}

// nextFor waits for something to send and returns it as a frame, or nil at the end.
func (h *holder) nextFor(c *client, out []byte) []byte {
	h.mu.Lock()
	defer h.mu.Unlock()
	for {
		switch room := c.room(); {
		case c.gone:
			return nil
		case c.pongs > 0:
			c.pongs--
			return appendNumbers(framePong, nil)
		case c.taken-c.reported >= takenEvery:
			c.reported = c.taken
			return appendNumbers(frameTaken, nil, c.taken)
		case c.sent < h.back.start && c.acked == c.sent:
			c.sent = h.back.oldestLine()
			c.acked, c.moved = c.sent, time.Now()
			return appendNumbers(frameGap, nil, c.sent)
		case room > 0 && c.sent >= h.back.start && c.sent < h.back.end:
			limit := min(uint64(outputChunk), room)
			body := out[headerSize+8 : headerSize+8+limit]
			n := h.back.copyFrom(c.sent, body)
			out[0] = frameOutput
			binary.BigEndian.PutUint32(out[1:], uint32(8+n))
			binary.BigEndian.PutUint64(out[headerSize:], c.sent)
			c.sent += uint64(n)
			return out[:headerSize+8+n]
		}
		h.changed.Wait()
	}
}
