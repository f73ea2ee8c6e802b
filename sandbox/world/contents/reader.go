package main

import (
	"os"
	"path/filepath"
)

const maxFile = 256 << 10

// read prints a file of the workspace.
func read(path string) {
	text, err := readSmall(filepath.Join(os.Getenv("HOME"), "workspace", filepath.Clean("/"+path)), maxFile)
	if err != nil {
		os.Exit(none)
	}
	os.Stdout.Write(text)
}
