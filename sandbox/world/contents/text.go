package main

import (
	"bytes"
	"errors"
	"io/fs"
	"path/filepath"
)

const (
	smallFile = 256 << 10
	maxRead   = 1 << 30
)

type textFound struct {
	Text string `json:"text"`
	Path string `json:"path"`
}

type textAnswer struct {
	Found      []textFound `json:"found"`
	Incomplete bool        `json:"incomplete"`
}

// text looks for each text in the small files of all layers, the newest first,
// whether or not the final filesystem still shows them. Base layers, which came
// with the session, hold nothing of the reader's and are left out.
func (img *image) text(w *walker, texts []string) textAnswer {
	s := searcher{walker: w, read: maxRead}
	for _, text := range texts {
		s.wanted = append(s.wanted, []byte(text))
	}
	var err error
	for i := len(img.stored) - 1; i >= 0 && err == nil && len(s.wanted) > 0; i-- {
		if !img.stored[i].base {
			err = s.layer(img.stored[i].dir, "")
		}
	}
	return textAnswer{Found: append([]textFound{}, s.found...), Incomplete: err == errIncomplete}
}

// errFound ends a search that has nothing left to look for.
var errFound = errors.New("found")

type searcher struct {
	*walker
	wanted [][]byte
	found  []textFound
	read   int64
}

func (s *searcher) layer(dir, path string) error {
	return s.each(dir, func(name string, info fs.FileInfo) error {
		at := filepath.Join(path, name)
		switch {
		case info.IsDir():
			return s.layer(filepath.Join(dir, name), at)
		case info.Mode().IsRegular() && info.Size() > 0 && info.Size() <= smallFile:
			return s.file(filepath.Join(dir, name), at)
		}
		return nil
	})
}

func (s *searcher) file(file, path string) error {
	text, err := readSmall(file, smallFile)
	if err != nil {
		return nil
	}
	if s.read -= int64(len(text)); s.read < 0 {
		return errIncomplete
	}
	rest := s.wanted[:0]
	for _, wanted := range s.wanted {
		if bytes.Contains(text, wanted) {
			s.found = append(s.found, textFound{Text: string(wanted), Path: clean(path, maxName)})
		} else {
			rest = append(rest, wanted)
		}
	}
	if s.wanted = rest; len(rest) == 0 {
		return errFound
	}
	return nil
}
