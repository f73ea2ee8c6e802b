package main

import (
	"os/exec"
	"time"
)

// keepBeside keeps a program running for as long as the holder does.
func keepBeside(program string) {
	for {
		begun := time.Now()
		cmd := exec.Command(program)
		cmd.Dir = "/"
		cmd.Run()
		if time.Since(begun) < quickDeath {
			time.Sleep(quickDeath)
		}
	}
}
