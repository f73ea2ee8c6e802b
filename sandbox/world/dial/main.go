// Dial joins its standard input and output to the engine by the door's socket
// for who only watches, as docker system dial-stdio would with ten times the
// memory. It ends with the engine's end of the connection, or shortly after its input.
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
	socket := filepath.Join(os.Getenv("XDG_RUNTIME_DIR"), "slipway", "observe.sock")
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
