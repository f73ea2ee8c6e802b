package main

import (
	"encoding/binary"
	"errors"
	"io"
)

// A frame is one type byte, the payload's length (32 bit) and the payload.
// All numbers are big-endian; offsets count bytes from the shell's first.
const (
	// To the holder.
	frameAttach byte = 'A' // cols u16, rows u16, resume u8, epoch 8 bytes, from u64
	frameInput  byte = 'I' // bytes typed
	frameResize byte = 'R' // cols u16, rows u16
	frameAck    byte = 'K' // every byte before this u64 has been parsed
	framePing   byte = 'P' // answered with the same

	// From the holder.
	frameAttached byte = 'a' // epoch 8 bytes, start u64, end u64
	frameOutput   byte = 'o' // offset u64, bytes
	frameTaken    byte = 't' // input bytes the terminal has taken since attach, u64
	frameGap      byte = 'g' // output goes on at this u64
	framePong     byte = 'p'
)

const (
	headerSize = 5
	// maxPayload bounds what a peer may send in one frame.
	maxPayload = 64 << 10
	// The protocol room's OUTPUT_WINDOW, REPLAY_WINDOW and INPUT_WINDOW.
	outputWindow = 32 << 10
	replayWindow = 256 << 10
	inputWindow  = 32 << 10
	// takenEvery spares a report for each keystroke; it must be well below the window.
	takenEvery = 8 << 10
	// outputChunk is the most in one output frame: fewer, larger frames cost everybody less.
	outputChunk = 16 << 10
)

var errProtocol = errors.New("protocol violated")

type frame struct {
	kind    byte
	payload []byte
}

// readFrame reads one frame into buf, which must hold maxPayload bytes.
func readFrame(r io.Reader, buf []byte) (frame, error) {
	var header [headerSize]byte
	if _, err := io.ReadFull(r, header[:]); err != nil {
		return frame{}, err
	}
	size := binary.BigEndian.Uint32(header[1:])
	if size > maxPayload {
		return frame{}, errProtocol
	}
	payload := buf[:size]
	_, err := io.ReadFull(r, payload)
	return frame{header[0], payload}, err
}

// appendNumbers makes a frame whose payload is prefix and then each number as u64.
func appendNumbers(kind byte, prefix []byte, numbers ...uint64) []byte {
	size := len(prefix) + 8*len(numbers)
	out := make([]byte, 0, headerSize+size)
	out = append(out, kind)
	out = binary.BigEndian.AppendUint32(out, uint32(size))
	out = append(out, prefix...)
	for _, n := range numbers {
		out = binary.BigEndian.AppendUint64(out, n)
	}
	return out
}
