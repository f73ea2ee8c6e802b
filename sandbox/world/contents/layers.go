package main

import (
	"io/fs"
	"path/filepath"
	"strings"
	"syscall"
)

type layerAnswer struct {
	CreatedBy string  `json:"createdBy"`
	Bytes     int64   `json:"bytes"`
	Files     int     `json:"files"`
	Largest   []entry `json:"largest"`
}

type layersAnswer struct {
	Layers     []layerAnswer `json:"layers"`
	Incomplete bool          `json:"incomplete"`
}

// layers tells what each line of the history added, oldest first. A line made
// the next layer unless the history says that it made none; layers of which the
// history knows nothing come at the end.
func (img *image) layers(w *walker) layersAnswer {
	answer := layersAnswer{}
	next := 0
	for _, line := range img.config.History {
		of := layerAnswer{CreatedBy: clean(line.CreatedBy, maxCreatedBy), Largest: []entry{}}
		if !line.Empty && next < len(img.stored) {
			img.stored[next].describe(w, &of, &answer.Incomplete)
			next++
		}
		answer.Layers = append(answer.Layers, of)
	}
	for ; next < len(img.stored); next++ {
		of := layerAnswer{Largest: []entry{}}
		img.stored[next].describe(w, &of, &answer.Incomplete)
		answer.Layers = append(answer.Layers, of)
	}
	if over := len(answer.Layers) - maxLines; over > 0 {
		answer.Layers = answer.Layers[over:]
	}
	return answer
}

const (
	maxLines     = 64
	maxCreatedBy = 4096
	maxName      = 1024
)

func (s stored) describe(w *walker, of *layerAnswer, incomplete *bool) {
	of.Bytes = s.size
	files := 0
	tree, err := w.measure(s.dir, "", &files, map[uint64]bool{})
	if err != nil {
		// A part of the truth would look like all of it.
		*incomplete = true
		return
	}
	of.Files, of.Largest = files, largest(tree)
}

// measure adds up a directory. A file with several names counts once.
func (w *walker) measure(dir, name string, files *int, linked map[uint64]bool) (*node, error) {
	sum := &node{name: name, folder: true}
	err := w.each(dir, func(name string, info fs.FileInfo) error {
		switch {
		case info.IsDir():
			below, err := w.measure(filepath.Join(dir, name), name, files, linked)
			if err != nil {
				return err
			}
			sum.add(below)
		case isWhiteout(info):
		default:
			*files++
			file := &node{name: name}
			if info.Mode().IsRegular() && !again(info, linked) {
				file.bytes = info.Size()
			}
			sum.add(file)
		}
		return nil
	})
	return sum, err
}

func again(info fs.FileInfo, linked map[uint64]bool) bool {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok || s.Nlink < 2 {
		return false
	}
	before := linked[s.Ino]
	linked[s.Ino] = true
	return before
}

// clean makes text fit for JSON and cuts it.
func clean(text string, most int) string {
	if len(text) > most {
		text = text[:most]
	}
	return strings.ToValidUTF8(text, "\ufffd")
}
