package main

import (
	"io"
	"net"
	"time"
)

// patience is how long a connection is held for an engine that does not come.
const patience = time.Minute

// again is the pause before an engine that has just died, or a door that is
// being started, is tried again.
const again = 50 * time.Millisecond

// letIn serves one connection: holds it until the engine answers, then joins the two.
func (g *gate) letIn(client *net.UnixConn) {
	defer client.Close()
	defer g.leave()
	late := time.After(patience)
	for answers := g.enter(); ; answers = g.isOpened() {
		select {
		case <-answers:
		case <-late:
			return
		}
		if engine, err := dialEngine(); err == nil {
			defer engine.Close()
			join(client, engine)
			return
		}
		time.Sleep(again)
	}
}

// letWatch serves one connection of somebody who only watches, while there is an engine.
func (g *gate) letWatch(client *net.UnixConn) {
	defer client.Close()
	engine, err := dialEngine()
	if err != nil {
		return
	}
	defer engine.Close()
	if g.admit(engine) {
		defer g.dismiss(engine)
		join(client, engine)
	}
}

func dialEngine() (*net.UnixConn, error) {
	return net.DialUnix("unix", nil, &net.UnixAddr{Name: file("engine.sock"), Net: "unix"})
}

// join passes bytes on both ways. The end of what a client sends is passed on
// by itself, as attached containers and builds need it; the engine never ends
// its half alone, so that its end is the end of both.
func join(client, engine *net.UnixConn) {
	go func() {
		io.Copy(engine, client)
		engine.CloseWrite()
	}()
	io.Copy(client, engine)
}
