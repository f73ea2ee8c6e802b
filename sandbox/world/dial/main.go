// Dial joins its standard input and output to the engine's own socket, as
// docker system dial-stdio does with ten times the memory: an engine that is
// asleep refuses, and one that is watched this way falls asleep all the same.
// It ends with the engine's end of the connection, or shortly after its input.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"
)

// lastWords is how long the engine has to answer once the input has ended.
const lastWords = time.Second

func main() {
	socket := filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "slipway", "engine.sock")
	conn, err := net.DialUnix("unix", nil, &net.UnixAddr{Name: socket, Net: "unix"})
	if err != nil {
		fmt.Fprintln(os.Stderr, "dial:", err)
		os.Exit(1)
	}
	go func() {
		io.Copy(conn, os.Stdin)
		conn.CloseWrite()
		time.Sleep(lastWords)
		os.Exit(0)
	}()
	io.Copy(os.Stdout, conn)
}
