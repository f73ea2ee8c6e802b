package main

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"time"
)

// askWithin bounds one question to the engine.
const askWithin = 10 * time.Second

// get asks the engine on a connection, and gives the answer's body, at most 64 KiB of it.
func get(conn *net.UnixConn, path string, within time.Duration) ([]byte, error) {
	conn.SetDeadline(time.Now().Add(within))
	// In HTTP/1.0 the end of the answer is the end of the connection.
	if _, err := fmt.Fprintf(conn, "GET %s HTTP/1.0\r\n\r\n", path); err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(io.LimitReader(conn, 64<<10))
	if err != nil {
		return nil, err
	}
	head, body, whole := bytes.Cut(answer, []byte("\r\n\r\n"))
	if _, status, _ := bytes.Cut(head, []byte(" ")); !whole || !bytes.HasPrefix(status, []byte("200")) {
		return nil, fmt.Errorf("the engine answered %.100q", head)
	}
	return body, nil
}

// hasRunning says whether a container runs, restarts or is paused. An engine
// that does not say is taken for one that is used.
func hasRunning() bool {
	conn, err := dialEngine()
	if err != nil {
		return true
	}
	defer conn.Close()
	list, err := get(conn, "/containers/json", askWithin)
	return err != nil || string(bytes.TrimSpace(list)) != "[]"
}
