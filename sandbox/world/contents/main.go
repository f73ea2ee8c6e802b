// Contents says what is in an image's layers, without exporting it, by walking
// them where the engine keeps them. It runs as the reader; what it prints is
// bounded and is one JSON document, but for read, which prints a file.
//
//	contents layers IMAGE-ID          what each layer holds
//	contents find IMAGE-ID GLOB...    paths of the final filesystem
//	contents text IMAGE-ID TEXT...    small files that hold a text
//	contents read PATH                a file of the workspace
//	contents builds                   which Dockerfiles the newest builds came from
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// deadline bounds the whole run; a walk that it stops is incomplete.
const deadline = 6 * time.Second

// none is the exit code for: there is no such thing.
const none = 3

func main() {
	if len(os.Args) == 2 && os.Args[1] == "builds" {
		answer(builds())
		return
	}
	if len(os.Args) < 3 {
		fail("usage: contents layers|find|text|read|builds [WHAT...]")
	}
	mode, what, more := os.Args[1], os.Args[2], os.Args[3:]
	switch mode {
	case "read":
		read(what)
	case "layers", "find", "text":
		enter(append([]string{"inside", mode, what}, more...))
	case "inside":
		if len(more) == 0 {
			fail("usage: contents inside MODE IMAGE-ID [...]")
		}
		look(what, more[0], more[1:])
	default:
		fail("no such mode: " + mode)
	}
}

// enter runs this program again as root of the engine's user namespace, which
// is the reader's own: there the base images' layers are mounted, and the files
// that belong to others in an image can be read.
func enter(args []string) {
	pid, err := readSmall(filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "slipway/rootlesskit/child_pid"), 32)
	if err != nil || strings.Trim(string(pid), "0123456789\n") != "" {
		fail("the engine is not running")
	}
	self, err := os.Executable()
	if err != nil {
		fail(err.Error())
	}
	argv := []string{"nsenter", "--preserve-credentials", "-U", "-m", "-t", strings.TrimSpace(string(pid)), "--", self}
	fail(syscall.Exec("/usr/bin/nsenter", append(argv, args...), os.Environ()).Error())
}

func look(mode, id string, words []string) {
	img, err := openImage(filepath.Join(os.Getenv("HOME"), ".local/share/docker"), id)
	if os.IsNotExist(err) {
		os.Exit(none)
	}
	if err != nil {
		fail(err.Error())
	}
	w := &walker{left: maxEntries, until: time.Now().Add(deadline)}
	switch mode {
	case "layers":
		answer(img.layers(w))
	case "find":
		answer(img.find(w, words))
	case "text":
		answer(img.text(w, words))
	default:
		fail("no such mode: " + mode)
	}
}

func answer(what any) {
	if err := json.NewEncoder(os.Stdout).Encode(what); err != nil {
		fail(err.Error())
	}
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, "contents:", why)
	os.Exit(1)
}
