package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// maxEntries bounds the files and directories of one run.
const maxEntries = 2_000_000

// batch is how many names of a directory are held at a time.
const batch = 1024

var errIncomplete = errors.New("incomplete")

// walker goes through layers' directories within bounds. It follows no links.
type walker struct {
	left  int
	until time.Time
}

// each calls visit for every entry of a directory. What cannot be read is as if
// it were not there. It ends with errIncomplete once a bound is reached, or with
// what visit returns.
func (w *walker) each(dir string, visit func(name string, info fs.FileInfo) error) error {
	d, err := os.OpenFile(dir, os.O_RDONLY|syscall.O_DIRECTORY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil
	}
	defer d.Close()
	for {
		entries, err := d.ReadDir(batch)
		for _, entry := range entries {
			if w.left--; w.left < 0 || time.Now().After(w.until) {
				return errIncomplete
			}
			info, err := entry.Info()
			if err != nil {
				continue
			}
			if err := visit(entry.Name(), info); err != nil {
				return err
			}
		}
		if err == io.EOF || err != nil || len(entries) == 0 {
			return nil
		}
	}
}

// readSmall gives a regular file's content.
func readSmall(path string, most int64) ([]byte, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > most {
		return nil, errors.New("not a small file")
	}
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err == nil && int64(len(text)) > most {
		err = errors.New("not a small file")
	}
	return text, err
}

// isWhiteout tells whether an entry hides what lower layers have under its name.
func isWhiteout(info fs.FileInfo) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	return ok && info.Mode()&fs.ModeCharDevice != 0 && s.Rdev == 0
}

// isOpaque tells whether a directory hides what lower layers have in it. The
// engine mounts with userxattr, so the attribute is of the user namespace.
func isOpaque(dir string) bool {
	var value [2]byte
	for _, name := range []string{"user.overlay.opaque", "trusted.overlay.opaque"} {
		if n, err := syscall.Getxattr(dir, name, value[:]); err == nil && n == 1 && value[0] == 'y' {
			return true
		}
	}
	return false
}
