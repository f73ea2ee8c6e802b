package main

import (
	"cmp"
	"slices"
)

// shown is how many entries of a layer are told.
const shown = 6

// node is a file, or a folder with the largest of what is in it.
type node struct {
	name   string
	bytes  int64
	folder bool
	top    []*node // largest first, at most shown
}

// entry is a path in a layer; a folder's bytes are those of everything below it.
type entry struct {
	Path   string `json:"path"`
	Bytes  int64  `json:"bytes"`
	Folder bool   `json:"folder"`
}

func (n *node) add(child *node) {
	n.bytes += child.bytes
	if child.bytes == 0 {
		return
	}
	at, _ := slices.BinarySearchFunc(n.top, child, func(a, b *node) int {
		return cmp.Or(cmp.Compare(b.bytes, a.bytes), cmp.Compare(a.name, b.name))
	})
	if at < shown {
		n.top = slices.Insert(n.top, at, child)
		n.top = n.top[:min(len(n.top), shown)]
	}
}

// largest chooses the entries that tell most of a layer: none lies within
// another, and a folder that holds most of the layer gives way to what is in it
// as long as a few entries account for the folder.
func largest(root *node) []entry {
	entries := []placed{{node: root}}
	for {
		at := slices.IndexFunc(entries, func(p placed) bool { return p.opens(root.bytes) })
		if at < 0 {
			break
		}
		opened := entries[at]
		entries = slices.Delete(entries, at, at+1)
		for _, child := range opened.top {
			entries = append(entries, placed{node: child, path: opened.below(child.name)})
		}
	}
	slices.SortStableFunc(entries, func(a, b placed) int { return cmp.Compare(b.bytes, a.bytes) })
	told := []entry{}
	for _, p := range entries[:min(len(entries), shown)] {
		p = p.narrowed()
		if p.path != "" {
			told = append(told, entry{Path: clean(p.path, maxName), Bytes: p.bytes, Folder: p.folder})
		}
	}
	return told
}

type placed struct {
	*node
	path string
}

func (p placed) below(name string) string {
	if p.path == "" {
		return name
	}
	return p.path + "/" + name
}

func (p placed) opens(all int64) bool {
	if p.path == "" {
		return true
	}
	var told int64
	for _, child := range p.top {
		told += child.bytes
	}
	return p.folder && p.bytes*5 >= all*2 && told*10 >= p.bytes*8
}

// narrowed gives, for a folder that holds next to nothing but one entry, that one.
func (p placed) narrowed() placed {
	for p.folder && len(p.top) > 0 && p.top[0].bytes*20 >= p.bytes*19 {
		p = placed{node: p.top[0], path: p.below(p.top[0].name)}
	}
	return p
}
