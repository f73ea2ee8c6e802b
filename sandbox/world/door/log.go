package main

import "os"

// logMost is the size at which a log is begun anew; the one before is kept.
const logMost = 256 << 10

// log is a file for what an engine prints: at most two of logMost and a line
// or so. What cannot be written is dropped, so that the engine never waits.
type log struct {
	path string
	file *os.File
	size int
}

func openLog(path string) *log {
	l := &log{path: path}
	l.begin()
	return l
}

func (l *log) begin() {
	l.Close()
	os.Rename(l.path, l.path+".1")
	l.file, _ = os.OpenFile(l.path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644)
	l.size = 0
}

func (l *log) Write(p []byte) (int, error) {
	if l.size += len(p); l.size > logMost {
		l.begin()
		l.size = len(p)
	}
	if l.file != nil {
		l.file.Write(p)
	}
	return len(p), nil
}

func (l *log) Close() {
	if l.file != nil {
		l.file.Close()
	}
}
