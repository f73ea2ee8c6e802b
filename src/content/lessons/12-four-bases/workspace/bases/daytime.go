// Daytime tells the time to whoever connects, and hangs up: RFC 867, on a port that needs no root.
package main

import (
	"fmt"
	"log"
	"net"
	"time"
)

func main() {
	listener, err := net.Listen("tcp", ":1313")
	if err != nil {
		log.Fatal(err)
	}
	log.Print("listening on port 1313")
	for {
		visitor, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		fmt.Fprintln(visitor, time.Now().Format(time.RFC1123))
		visitor.Close()
	}
}
