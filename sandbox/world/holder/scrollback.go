package main

import "bytes"

// scrollback keeps the newest bytes of a stream, addressed by absolute offset.
type scrollback struct {
	ring  []byte
	start uint64 // offset of the oldest byte kept
	end   uint64 // offset after the newest byte
}

func newScrollback(size int) *scrollback { return &scrollback{ring: make([]byte, size)} }

// add appends p and forgets the oldest bytes that no longer fit.
func (s *scrollback) add(p []byte) {
	if over := len(p) - len(s.ring); over > 0 {
		s.end += uint64(over)
		p = p[over:]
	}
	at := int(s.end % uint64(len(s.ring)))
	n := copy(s.ring[at:], p)
	copy(s.ring, p[n:])
	s.end += uint64(len(p))
	if s.end-s.start > uint64(len(s.ring)) {
		s.start = s.end - uint64(len(s.ring))
	}
}

// copyFrom copies bytes from offset on into p and returns how many; offset must lie in start..end.
func (s *scrollback) copyFrom(offset uint64, p []byte) int {
	if left := s.end - offset; uint64(len(p)) > left {
		p = p[:left]
	}
	at := int(offset % uint64(len(s.ring)))
	n := copy(p, s.ring[at:])
	return n + copy(p[n:], s.ring)
}

// oldestLine is the offset to begin a whole replay at: the first byte ever, or
// the start of a line where older bytes are gone, so that no escape sequence
// and no character is cut in half.
func (s *scrollback) oldestLine() uint64 {
	if s.start == 0 {
		return 0
	}
	head := make([]byte, 4096)
	head = head[:s.copyFrom(s.start, head)]
	if i := bytes.IndexByte(head, '\n'); i >= 0 {
		return s.start + uint64(i) + 1
	}
	return s.start
}
