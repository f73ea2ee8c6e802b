package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// maxMatches bounds what one pattern finds.
const maxMatches = 40

type findAnswer struct {
	Paths      []string `json:"paths"`
	Incomplete bool     `json:"incomplete"`
}

// find gives the paths of the image's final filesystem that match a pattern.
// Where the top of the filesystem has a link to a folder (bin for usr/bin), what
// is in that folder is found by either path.
func (img *image) find(w *walker, globs []string) findAnswer {
	f := finder{walker: w, taken: map[string]kind{}, hidden: map[string]bool{}, links: map[string][]string{}}
	for _, glob := range globs {
		f.patterns = append(f.patterns, pattern{is: compile(glob)})
	}
	var err error
	f.readLinks(img)
	for i := len(img.stored) - 1; i >= 0 && err == nil && !f.hidden[""]; i-- {
		f.fresh = map[string]bool{}
		err = f.layer(img.stored[i].dir, "")
		// What a layer hides, it hides of those below it.
		for path := range f.fresh {
			f.hidden[path] = true
		}
	}
	answer := findAnswer{Paths: []string{}, Incomplete: err != nil}
	for _, p := range f.patterns {
		answer.Paths = append(answer.Paths, p.found...)
	}
	slices.Sort(answer.Paths)
	answer.Paths = slices.Compact(answer.Paths)
	for i, path := range answer.Paths {
		answer.Paths[i] = clean(path, maxName)
	}
	return answer
}

type pattern struct {
	is    *regexp.Regexp
	found []string
}

// kind is what a path is by the highest layer that has a say.
type kind byte

const (
	folder kind = iota + 1
	file
	hides
)

type finder struct {
	*walker
	patterns []pattern
	taken    map[string]kind
	hidden   map[string]bool     // folders of which nothing of the layers below is to be seen
	fresh    map[string]bool     // those that the layer at hand hides
	links    map[string][]string // folder → links to it at the top of the filesystem
}

func (f *finder) layer(dir, path string) error {
	if isOpaque(dir) {
		f.fresh[path] = true
	}
	return f.each(dir, func(name string, info fs.FileInfo) error {
		at := name
		if path != "" {
			at = path + "/" + name
		}
		is, above := kindOf(info), f.taken[at]
		if above == 0 {
			f.taken[at] = is
			if is != hides {
				f.match(at)
			}
		}
		if is != folder || above > folder || f.hidden[at] {
			return nil
		}
		return f.layer(filepath.Join(dir, name), at)
	})
}

func kindOf(info fs.FileInfo) kind {
	switch {
	case info.IsDir():
		return folder
	case isWhiteout(info):
		return hides
	}
	return file
}

func (f *finder) match(path string) {
	f.matchOne(path)
	for folder, links := range f.links {
		if rest, ok := strings.CutPrefix(path, folder+"/"); ok {
			for _, link := range links {
				f.matchOne(link + "/" + rest)
			}
		}
	}
}

func (f *finder) matchOne(path string) {
	for i := range f.patterns {
		p := &f.patterns[i]
		if len(p.found) < maxMatches && p.is.MatchString(path) && !slices.Contains(p.found, path) {
			p.found = append(p.found, path)
		}
	}
}

// readLinks finds the links at the top that the final filesystem has.
func (f *finder) readLinks(img *image) {
	decided := map[string]bool{}
	for i := len(img.stored) - 1; i >= 0; i-- {
		dir := img.stored[i].dir
		f.each(dir, func(name string, info fs.FileInfo) error {
			if decided[name] {
				return nil
			}
			decided[name] = true
			if info.Mode()&fs.ModeSymlink == 0 {
				return nil
			}
			target, err := os.Readlink(filepath.Join(dir, name))
			target = strings.Trim(filepath.Clean("/"+target), "/")
			if err == nil && target != "" && target != name && len(f.links) < 16 {
				f.links[target] = append(f.links[target], name)
			}
			return nil
		})
		if isOpaque(dir) {
			break
		}
	}
}

// compile makes a pattern of a glob: * is anything but a slash, ** is anything.
func compile(glob string) *regexp.Regexp {
	source := regexp.QuoteMeta(glob)
	source = strings.ReplaceAll(source, `\*\*/`, `(?:.*/)?`)
	source = strings.ReplaceAll(source, `\*\*`, `.*`)
	source = strings.ReplaceAll(source, `\*`, `[^/]*`)
	return regexp.MustCompile(`(?s)\A` + source + `\z`)
}
